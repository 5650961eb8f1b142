# Makefile - the two commands, `make run` and `make test`, and what else a day needs: `make help`.
# It only drives: CMakeLists.txt builds, spec/run tests, cmake/deps looks for (and on Debian installs) what is missing.
BUILD  ?= build
SCRIPT ?= examples/echo.lua
PREFIX ?= /usr/local
JOBS   ?= $(shell nproc 2>/dev/null || echo 2)

C_FILES   = $(wildcard bindings/*.[ch] runtime/*.[ch] spec/*.[ch] spec/proof/*.[ch] examples/embed/*.[ch] bench/*.[ch])
LUA_FILES = $(wildcard lua spec examples bench)

all: deps $(BUILD)/Makefile ## build everything into build/ (BUILD=folder, CC=clang for another one)
	@MAKEFLAGS=--no-print-directory cmake --build $(BUILD) --parallel $(JOBS)

run: all ## build, then run a script: make run SCRIPT=file.lua ARGS="..." (the echo server when none is named)
	@$(BUILD)/moonport $(SCRIPT) $(ARGS)

test: deps-test all ## build, then run everything: specs, C tests, style (ONLY="net_spec plan_test" for some)
	@BUILD=$(BUILD) spec/run $(ONLY)

sanitize: deps-test ## the same specs and tests under AddressSanitizer and UndefinedBehaviorSanitizer, in build-asan/
	@$(MAKE) --no-print-directory all BUILD=build-asan CONFIGURE="-D MOONPORT_SANITIZE=ON $(CONFIGURE)"
	@BUILD=build-asan spec/run $(ONLY)

proof: deps-test all ## what takes longer: soak, torture, fuzz
	@if [ -e spec/proof/run ]; then BUILD=$(BUILD) spec/proof/run $(ARGS); else echo "no proofs are here yet"; fi

bench: all ## the side-by-side benchmark
	@BUILD=$(BUILD) bench/run $(ARGS)

format: ## bring the C files into shape
	clang-format -i $(C_FILES)

format-check: ## say which C files are out of shape
	@clang-format --dry-run --Werror $(C_FILES)

lint: ## luacheck
	@luacheck --quiet --codes $(LUA_FILES)

install: all ## executable, libraries, moonport.h, module for stock Lua, manual, completions (PREFIX=/usr/local, DESTDIR=)
	@cmake --install "$(BUILD)" --prefix "$(PREFIX)"

uninstall: ## remove what the last install of this build wrote, and the folders that are empty then (DESTDIR=)
	@test -e $(BUILD)/install_manifest.txt || { echo "nothing was installed from $(BUILD)/"; exit 1; }
	@sed 's|^|$(DESTDIR)|' $(BUILD)/install_manifest.txt | xargs -d '\n' rm -vf
	@sed -n 's|^\(.*/moonport\)/.*|$(DESTDIR)\1|p' $(BUILD)/install_manifest.txt | sort -u \
	  | while IFS= read -r folder; do [ ! -d "$$folder" ] || find "$$folder" -depth -type d -empty -delete; done

clean: ## remove build/ and build-asan/
	rm -rf build build-asan

deps: ## look for what the build needs; install it where apt-get may
	@cmake/deps
deps-test: ## and for what the tests need
	@cmake/deps test

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | expand -t 14

# A configure that failed leaves no Makefile behind and is tried again.
$(BUILD)/Makefile: | deps
	@cmake -S . -B $(BUILD) -G "Unix Makefiles" $(CONFIGURE) >/dev/null

.PHONY: all run test sanitize proof bench format format-check lint install uninstall clean deps deps-test help
.NOTPARALLEL: # the steps follow each other; each is parallel inside
