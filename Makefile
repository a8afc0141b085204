# Isle: build, run, test, measure, install. The work is done by CMake and by
# the scripts in tools/; this file gives it short names.
#
#   make run [FILE=main.dart] [ARGS="..."]   build and run a program
#   make build      the optimised isle and libisle in build/release
#   make test       everything in every mode; the last line is the count
#   make test-quick unit tests and scripts, in one debug build
#   make bench      benchmarks against other runtimes
#   make install PREFIX=/usr/local

PRESET ?= release
PREFIX ?= /usr/local
FILE ?= examples/parallel.dart
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

.PHONY: build run test test-quick bench install debug fuzz format clean \
  dependencies

build: dependencies
	@cmake --preset $(PRESET) >build/$(PRESET).log 2>&1 || \
	  { cat build/$(PRESET).log; exit 1; }
	@cmake --build build/$(PRESET) -j $(JOBS)

run: build
	@build/$(PRESET)/isle run $(FILE) $(ARGS)

debug:
	@$(MAKE) --no-print-directory build PRESET=debug

test: dependencies
	@tools/run-tests --jobs $(JOBS) $(TEST_FLAGS)

test-quick: dependencies
	@tools/run-tests --jobs $(JOBS) --mode quick $(TEST_FLAGS)

bench: build
	@bench/run $(BENCH_FLAGS)

install: build
	@cmake --install build/$(PRESET) --strip --prefix $(PREFIX)

fuzz: dependencies
	@tools/fuzz $(SECONDS_EACH)

format:
	@clang-format -i $$(git ls-files '*.c' '*.h')

clean:
	@rm -rf build

dependencies:
	@mkdir -p build
	@tools/install-dependencies
