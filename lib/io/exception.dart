part of dart.io;

abstract interface class IOException implements Exception {
  String toString() => 'IOException';
}

final class OSError implements Exception {
  const OSError([this.message = '', this.errorCode = noErrorCode]);

  static const int noErrorCode = -1;

  final String message;
  final int errorCode;

  String toString() {
    final text = StringBuffer('OS Error');
    if (message.isNotEmpty) {
      text.write(': $message');
      if (errorCode != noErrorCode) text.write(', errno = $errorCode');
    } else if (errorCode != noErrorCode) {
      text.write(': errno = $errorCode');
    }
    return text.toString();
  }
}

class FileSystemException implements IOException {
  const FileSystemException([this.message = '', this.path = '', this.osError]);

  final String message;
  final String? path;
  final OSError? osError;

  String _describe(String name) {
    final text = StringBuffer(name);
    if (message.isNotEmpty) {
      text.write(': $message');
      if (path != null) text.write(", path = '$path'");
      if (osError != null) text.write(' ($osError)');
    } else if (osError != null) {
      text.write(': $osError');
      if (path != null) text.write(", path = '$path'");
    } else if (path != null) {
      text.write(': $path');
    }
    return text.toString();
  }

  String toString() => _describe('FileSystemException');
}

class PathAccessException extends FileSystemException {
  const PathAccessException(String path, OSError osError, [String message = ''])
      : super(message, path, osError);

  String toString() => _describe('PathAccessException');
}

class PathExistsException extends FileSystemException {
  const PathExistsException(String path, OSError osError, [String message = ''])
      : super(message, path, osError);

  String toString() => _describe('PathExistsException');
}

class PathNotFoundException extends FileSystemException {
  const PathNotFoundException(String path, OSError osError,
      [String message = ''])
      : super(message, path, osError);

  String toString() => _describe('PathNotFoundException');
}

class StdoutException implements IOException {
  const StdoutException(this.message, [this.osError]);

  final String message;
  final OSError? osError;

  String toString() =>
      'StdoutException: $message${osError == null ? '' : ', $osError'}';
}

class StdinException implements IOException {
  const StdinException(this.message, [this.osError]);

  final String message;
  final OSError? osError;

  String toString() =>
      'StdinException: $message${osError == null ? '' : ', $osError'}';
}
