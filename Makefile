# What people and continuous integration type. `make` alone lists it.

MIGRATIONS ?= Fixtures/demo/migrations
export MIGRATIONS

SWIFT_SOURCES := Sources Tests Package.swift

.DEFAULT_GOAL := help
# How many seconds each target of the fuzzer is fed: make fuzz FOR=600
FOR ?= 60

# What `make precision` draws by
SEED ?= 1

# The constructs to measure; none for all of them: make scaling CONSTRUCTS="drop-schema or-chain"
CONSTRUCTS ?=

.PHONY: help setup build release run test replay regress corpus precision fuzz sanitize format lint benchmark scaling test-scaling

help: ## list these commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1|\2/p' Makefile | while IFS='|' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

setup: ## install what building needs and is missing (Debian 12 or 13)
	@Scripts/setup

build: setup ## build .build/release/sqllint, one self-contained file
	@Scripts/build-release

release: setup ## make the archive of a release for this machine's processor, in .build/dist
	@Scripts/release

run: build ## lint the demo project, or your own: make run MIGRATIONS=path
	@Scripts/run "$$MIGRATIONS"

test: ## install what the tests need and run them all
	@Scripts/setup --tests
	@Scripts/test

replay: ## compare with what PostgreSQL did on ../shared's real histories
	@Scripts/setup --tests
	@Scripts/replay

regress: ## compare with what PostgreSQL did on its own regression scripts in ../shared
	@Scripts/setup --tests
	@Scripts/regress

corpus: ## count what the rules find in the real histories in ../shared
	@Scripts/setup --tests
	@Scripts/corpus

precision: build ## draw findings in ../shared's real histories, for people to judge: make precision SEED=7
	@Scripts/precision --seed "$(SEED)"

fuzz: setup ## feed sqllint with what a fuzzer makes up, a minute for each target
	@Scripts/fuzz --seconds "$(FOR)"

sanitize: ## run the tests with the address and the thread sanitizer
	@Scripts/setup --tests
	@Scripts/sanitize

format: ## format the Swift sources
	@swift format --in-place --recursive $(SWIFT_SOURCES)

lint: ## check the format of the Swift sources
	@swift format lint --strict --recursive $(SWIFT_SOURCES)

benchmark: build ## measure cost, growth and memory beside squawk and the bare parser
	@Benchmarks/run

test-scaling: build ## count what each construct costs at growing sizes, without a clock
	@Scripts/test-scaling $(CONSTRUCTS)

scaling: build ## measure how each construct's cost grows when it doubles
	@Benchmarks/scaling $(CONSTRUCTS)
