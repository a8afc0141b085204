part of dart.isolate;

// An isolate that stays at the host's disposal: requests of the host come to
// the first port of the isolate, each a list of a number, a function and its
// arguments; null ends that. The replies are lists of the number, whether it
// went well, and the value or the error as text.
void _runHosted(Function? main, List<String> arguments, Object? message,
    SendPort replies) {
  final port = RawReceivePort();
  port.handler = (Object? request) {
    if (request is List<Object?>) {
      _answer(request[0] as int, request[1] as Function,
          request[2] as List<Object?>, replies);
    } else {
      port.close();
    }
  };
  if (main != null) _runMain(main, arguments, message);
}

void _answer(
    int number, Function function, List<Object?> arguments, SendPort replies) {
  void fail(Object error, StackTrace trace) {
    replies.send([number, false, '${_textOf(error)}\n$trace']);
  }

  void succeed(Object? value) {
    try {
      replies.send([number, true, value]);
    } catch (error, trace) {
      fail(error, trace); // it cannot be sent
    }
  }

  try {
    final result = Function.apply(function, arguments);
    if (result is Future<Object?>) {
      result.then(succeed, onError: fail);
    } else {
      succeed(result);
    }
  } catch (error, trace) {
    fail(error, trace);
  }
}

// What natives of the host throw.
Exception _hostException(String message) => Exception(message);
TypeError _hostTypeError(String message) => _HostTypeError(message);

class _HostTypeError extends TypeError {
  _HostTypeError(this._message);

  final String _message;

  String toString() => _message;
}
