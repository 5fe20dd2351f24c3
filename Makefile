# The words of the house; `make` alone lists them. What takes more than a few lines is a
# script beside what it works on.

DATA = meguri.db
LISTEN = 127.0.0.1:8080
FUZZ_SECONDS = 60

.PHONY: help build run test check bench fuzz accept cover docs sample clean

help: ## list these words
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1	\2/p' Makefile

build: ## build/meguri
	@tools/build build

run: ## install what is missing, build, serve DATA (at first the sample) on LISTEN
	@packages/install run
	@tools/build build
	@[ -e '$(DATA)' ] || $(MAKE) --no-print-directory sample DATA='$(DATA)'
	@echo "meguri: http://$(LISTEN)/ serves $(DATA); Ctrl-C ends it"
	@exec build/meguri serve --data '$(DATA)' --listen '$(LISTEN)'

sample: build ## write the sample's data file: DATA=FILE
	@tools/sample '$(DATA)'

test: ## install what is missing, run every test
	@packages/install run test
	@test/web/install
	@test/build
	@test/run

check: ## format, lint, layers, docs, both compilers, sanitizers
	@packages/install run test check
	@tools/check

bench: ## the table of speed and size
	@packages/install run bench
	@tools/build build
	@bench/run

fuzz: ## every fuzz target for FUZZ_SECONDS
	@packages/install run check
	@test/fuzz/run $(FUZZ_SECONDS)

accept: build ## rewrite the expected results of test/cases; read the diff
	@ACCEPT=1 test/cases/run

cover: ## which lines the tests reach: build-cover/index.html
	@packages/install run test check
	@tools/cover

docs: build ## rewrite the generated pages of docs/
	@tools/docs

clean: ## remove what was built; no data file
	rm -rf build build-*
