part of dart.io;

external int _processorCount();
external String _hostName();
external String _systemVersion();
external String _executablePath();
external String _scriptPath();
// The variables as NAME=value, or one name's value.
external String? _environmentAt(int index);
external String _localeName();

abstract final class Platform {
  static final int numberOfProcessors = _processorCount();
  static final String pathSeparator = '/';
  static final String lineTerminator = '\n';
  static String get localeName => _localeName();
  static final String operatingSystem = 'linux';
  static String get operatingSystemVersion => _systemVersion();
  static String get localHostname => _hostName();
  static String get version => '3.13.0 (stable) (isle) on "linux_x64"';

  static final bool isLinux = true;
  static final bool isMacOS = false;
  static final bool isWindows = false;
  static final bool isAndroid = false;
  static final bool isIOS = false;
  static final bool isFuchsia = false;

  static String get executable => _executablePath();
  static String get resolvedExecutable => _executablePath();
  static Uri get script {
    final path = _scriptPath();
    return path.startsWith('file:')
        ? Uri.parse(path)
        : Directory.current.uri.resolveUri(Uri.file(path));
  }

  static List<String> get executableArguments => const [];
  static String? get packageConfig => null;

  static final Map<String, String> environment = _environment();

  static Map<String, String> _environment() {
    final found = <String, String>{};
    for (var i = 0;; i++) {
      final text = _environmentAt(i);
      if (text == null) break;
      final equals = text.indexOf('=');
      if (equals > 0) {
        found[text.substring(0, equals)] = text.substring(equals + 1);
      }
    }
    return Map.unmodifiable(found);
  }
}
