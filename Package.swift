// swift-tools-version: 6.0
import PackageDescription

/// Continuous integration sets this, so that a newer compiler's new warning never breaks a user's build.
let warningsAreErrors = Context.environment["SQLLINT_WARNINGS_AS_ERRORS"] != nil

let settings: [SwiftSetting] =
  [.enableUpcomingFeature("ExistentialAny")]
  + (warningsAreErrors ? [.unsafeFlags(["-warnings-as-errors"])] : [])

func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A program for libFuzzer, which brings its own `main`: `make fuzz` asks for it, and nothing else can link it.
let fuzzingDriver: [Target] =
  Context.environment["SQLLINT_FUZZING"] == nil
  ? []
  : [
    .executableTarget(
      name: "FuzzingDriver",
      dependencies: ["Fuzzing"],
      path: "Tests/FuzzingDriver",
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]
    )
  ]

let package = Package(
  name: "sqllint",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "sqllint", targets: ["SQLLint"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.3.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CPgQuery",
      pkgConfig: "libpg_query",
      providers: [.apt(["libpg-query-dev"])]
    ),
    module("Syntax", []),
    module("PostgresParser", ["Syntax", "CPgQuery"]),
    module("Catalog", ["Syntax", .product(name: "HashTreeCollections", package: "swift-collections")]),
    module("Execution", ["Syntax", "Catalog"]),
    .target(name: "CrashReport"),
    module("Threading", ["CrashReport"]),
    module(
      "Linting",
      [
        "Syntax", "Catalog", "Execution", "Threading",
        .product(name: "HashTreeCollections", package: "swift-collections"),
      ]
    ),
    module("Rules", ["Syntax", "Catalog", "Execution", "Linting"]),
    module("Migrations", ["Syntax", "PostgresParser", "Linting", "Threading"]),
    module("Gate", ["Syntax", "Catalog", "Execution", "Linting", "Migrations"]),
    module("Configuration", ["Syntax", "Catalog", "Execution", "Linting", "Migrations", "Gate", "Yams"]),
    module("Reports", ["Syntax", "PostgresParser", "Catalog", "Execution", "Linting"]),
    module(
      "Plan",
      [
        "Syntax", "Catalog", "Execution", "Linting", "Reports",
        .product(name: "Mustache", package: "swift-mustache"),
      ]
    ),
    .executableTarget(
      name: "SQLLint",
      dependencies: [
        "Syntax", "PostgresParser", "Catalog", "Linting", "Rules", "Migrations", "Gate", "Configuration", "Reports",
        "Plan",
        "Threading",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings
    ),
    tests("SyntaxTests", ["Syntax"]),
    tests("PostgresParserTests", ["PostgresParser", "LiveServer"]),
    tests("CatalogTests", ["Catalog", "Execution", "PostgresParser"]),
    tests("ExecutionTests", ["Catalog", "Execution", "PostgresParser", "Syntax"]),
    tests("LintingTests", ["Linting", "Catalog", "Execution", "PostgresParser"]),
    // A PostgreSQL server for tests that hold a claim against the real one.
    .target(name: "LiveServer", path: "Tests/LiveServer", swiftSettings: settings),
    tests("RulesTests", ["Rules", "Reports", "Linting", "Catalog", "Execution", "PostgresParser", "LiveServer"]),
    tests("MigrationsTests", ["Migrations", "Linting", "Rules", "Threading"]),
    tests("GateTests", ["Gate", "Linting", "PostgresParser", "Rules", "Syntax"]),
    tests("EffectsTests", ["Catalog", "Execution", "Linting", "Migrations", "PostgresParser", "LiveServer"]),
    tests("SchemaTests", ["Catalog", "Execution", "PostgresParser", "LiveServer"]),
    tests("ReplayTests", ["Catalog", "Execution", "Linting", "PostgresParser", "Migrations", "Rules", "LiveServer"]),
    tests("ReportsTests", ["Reports", "Rules", "Linting", "Catalog", "Execution", "PostgresParser"]),
    // Crashes, which the product must not be able to do on demand.
    .executableTarget(
      name: "CrashProbe",
      dependencies: ["Threading"],
      path: "Tests/CrashProbe",
      swiftSettings: settings
    ),
    tests("PlanTests", ["Plan", "Reports", "Rules", "Linting", "Migrations", "LiveServer"]),
    tests("SQLLintTests", ["SQLLint", "CrashProbe", "LiveServer"]),
    // What a fuzzer feeds; the tests replay all that it ever found.
    .target(
      name: "Fuzzing",
      dependencies: [
        "Syntax", "PostgresParser", "Catalog", "Execution", "Linting", "Rules", "Migrations", "Gate", "Configuration",
        "Reports", "Plan", "Threading",
      ],
      path: "Tests/Fuzzing",
      swiftSettings: settings
    ),
    tests("FuzzingTests", ["Fuzzing"]),
  ] + fuzzingDriver,
  swiftLanguageModes: [.v6]
)
