part of dart.async;

class DeferredLoadException implements Exception {
  DeferredLoadException(String message) : _message = message;

  final String _message;

  String toString() => "DeferredLoadException: '$_message'";
}

// All of a program is loaded at once; only the visibility of a deferred
// library waits.
Future<void> _loadLibrary(int prefix) {
  _markLoaded(prefix);
  return Future<void>.value();
}

// The prefixes of deferred imports whose loadLibrary has been called.
final Set<int> _loaded = {};
void _markLoaded(int prefix) {
  _loaded.add(prefix);
}

void _checkLoaded(int prefix, String name) {
  if (!_loaded.contains(prefix)) {
    throw _NotLoadedError(name);
  }
}

class _NotLoadedError extends Error implements NoSuchMethodError {
  _NotLoadedError(this._name);

  final String _name;

  String toString() => "Deferred library '$_name' was not loaded.";
}
