# Everything a person types. What the commands do lies in scripts/setup and xtask/.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/pult/target
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
# scripts/setup says on its last line which toolchain can build for the browser ("" = the default one).
with = toolchain=$$(scripts/setup $(1)); [ -z "$$toolchain" ] || export RUSTUP_TOOLCHAIN=$$toolchain;

.PHONY: help run test dev bench prove release fmt openapi
help: ## This list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

run: ## Build and start with demo data; prints address and sign-in
	@$(call with,build) cargo xtask build && exec "$$CARGO_TARGET_DIR/debug/pult" demo

test: ## Everything that is checked: both databases, Chromium
	@$(call with,test) cargo xtask check --keep-going $(STEPS)

dev: ## Rebuild and reload on every change
	@$(call with,build) cargo xtask dev

bench: ## Measure: make bench WHAT=ingest|footprint|page|rules|pipeline|replay
	@$(call with,test) cargo xtask bench $(or $(WHAT),page)

prove: ## Try to make it lose or repeat something: make prove WHAT=simulate|storm|noisy|powercut|fuzz
	@$(call with,test) cargo xtask $(or $(WHAT),simulate)

release: ## One optimised binary with the site inside
	@$(call with,build) cargo xtask build --release

fmt: ## Format the code
	@$(call with,build) cargo fmt --all

openapi: ## Write server/openapi.json anew
	@$(call with,build) cargo run --quiet --package server -- openapi > server/openapi.json
