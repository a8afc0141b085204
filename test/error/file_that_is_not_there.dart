// An import names a file that can be read.
import 'no_such_file.dart'; // error: file_not_found
void main() {}
