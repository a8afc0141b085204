part of dart.typed_data;

Error _readOnlyError() =>
    UnsupportedError('Cannot modify an unmodifiable list');

// What all typed lists share. The machine knows the first three fields.
abstract base class _TypedList<E> extends ListBase<E> implements TypedData {
  _TypedList(this._bytes, this.offsetInBytes, this.length,
      [this._isReadOnly = false]);

  final _TypedBytes _bytes;
  final int offsetInBytes;
  final int length;
  final bool _isReadOnly;

  int get lengthInBytes => length * elementSizeInBytes;
  ByteBuffer get buffer => _ByteBuffer(_bytes, _isReadOnly);

  Error _indexError(int index) =>
      IndexError.withLength(index, length, indexable: this, name: 'index');

  Never _fixed() => throw UnsupportedError(
      'Cannot change the length of a fixed-length list');
  set length(int value) => _fixed();
  void add(E element) => _fixed();
  void addAll(Iterable<E> iterable) => _fixed();
  void insert(int index, E element) => _fixed();
  void insertAll(int index, Iterable<E> iterable) => _fixed();
  bool remove(Object? element) => _fixed();
  E removeAt(int index) => _fixed();
  E removeLast() => _fixed();
  void removeWhere(bool test(E element)) => _fixed();
  void retainWhere(bool test(E element)) => _fixed();
  void removeRange(int start, int end) => _fixed();
  void replaceRange(int start, int end, Iterable<E> newContents) => _fixed();
  void clear() => _fixed();

  // The elements may come from this list, lazily.
  void setAll(int index, Iterable<E> iterable) {
    final source =
        iterable is List<E> ? iterable : iterable.toList(growable: false);
    setRange(index, index + source.length, source);
  }

  void setRange(int start, int end, Iterable<E> iterable, [int skipCount = 0]) {
    if (_isReadOnly) throw _readOnlyError();
    if (iterable is _TypedList<E> &&
        iterable.elementSizeInBytes == elementSizeInBytes &&
        iterable.runtimeType == runtimeType) {
      RangeError.checkValidRange(start, end, length);
      RangeError.checkNotNegative(skipCount, 'skipCount');
      final count = end - start;
      if (skipCount + count > iterable.length) {
        throw StateError('Too few elements');
      }
      final size = elementSizeInBytes;
      _TypedBytes.copy(iterable._bytes, iterable.offsetInBytes + skipCount * size,
          _bytes, offsetInBytes + start * size, count * size);
      return;
    }
    super.setRange(start, end, iterable, skipCount);
  }
}

abstract base class _TypedIntList extends _TypedList<int> {
  _TypedIntList(super.bytes, super.offset, super.length, [super.isReadOnly]);
}

abstract base class _TypedDoubleList extends _TypedList<double> {
  _TypedDoubleList(super.bytes, super.offset, super.length, [super.isReadOnly]);
}
