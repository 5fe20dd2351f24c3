# The words of the house; `make` alone lists them. Each is one line here and one script.
.POSIX:
.PHONY: help build run test check

help: ## list the words
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1	/p' Makefile

build: ## build/meguri
	@[ -f build/build.ninja ] || meson setup build
	@ninja -C build

test: build ## every test
	@meson test -C build

run: build ## serve the sample on 127.0.0.1:8080
	./build/meguri serve
