import Linting
import Syntax

struct SecretInMigration: StatementRule {
  let id = "secret-in-migration"
  let summary = "A password is written in the migration, and so is in the repository for good."
  let risk = Risk.critical
  let explanation = """
    Whoever can read the repository, its copies or the logs of the pipeline has the password; removing the line \
    later does not remove it from the history. The server's log may hold the statement too. An MD5 hash is as good \
    as the password: whoever has it can log in.

    Change the password. Make the role or the mapping without one, and set it where secrets are kept. A SCRAM \
    verifier, which `\\password` of psql makes, and placeholders that the runner fills in are not reported.
    """
  let alternative = """
    CREATE ROLE web LOGIN;
    -- outside of the migrations, in psql: \\password web
    """
  let reference = "https://www.postgresql.org/docs/current/sql-createrole.html"
  private static let server = "CREATE FOREIGN DATA WRAPPER files;\nCREATE SERVER archive FOREIGN DATA WRAPPER files;"
  let examples: [RuleExample] = [
    .bad("of a role", "BEGIN;\nCREATE ROLE sqllint_web LOGIN PASSWORD 'correct horse';\nROLLBACK;"),
    .bad(
      "of a user mapping",
      history: [server],
      "CREATE USER MAPPING FOR CURRENT_USER SERVER archive OPTIONS (user 'web', password 'correct horse');"
    ),
    .good(
      "filled in by the runner",
      history: [server],
      "CREATE USER MAPPING FOR CURRENT_USER SERVER archive OPTIONS (password '${secret}');"
    ),
    .good(
      "without one",
      history: [server],
      "CREATE USER MAPPING FOR CURRENT_USER SERVER archive OPTIONS (user 'web');"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let secret = context.statement.kind.secret else { return [] }
    let fix = Finding.Fix("change it, leave it out of the migration, and set it where secrets are kept")
    return [context.finding(self, .telling(secret), fix: fix)]
  }
}

extension Statement.Kind {
  /// What the password that it holds is for; `nil` where it holds none.
  fileprivate var secret: String? {
    switch self {
    case .createRole(let role), .alterRole(let role):
      role.options.contains { $0.name == "password" && $0.value?.isSecret == true } ? "of role \(role.role.sql)" : nil
    case .createObject(let object) where object.objectKind.connects,
      .alterObject(let object) where object.objectKind.connects:
      object.options.contains { Self.secretOptions.contains($0.name.lowercased()) && $0.value?.isSecret == true }
        ? "for server \(object.name.displayName)" : nil
    case .createSubscription(let subscription), .alterSubscription(let subscription):
      subscription.connection?.holdsPassword == true ? "of subscription \(subscription.name.quotedIdentifier)" : nil
    case .query(let query): query.holdsPassword ? "of a connection" : nil
    default: nil
    }
  }

  private static let secretOptions: Set = ["password", "passwd", "pwd", "sslpassword", "secret_access_key", "api_key"]
}

extension ObjectKind {
  fileprivate var connects: Bool { self == .userMapping || self == .foreignServer }
}

extension Query {
  /// Whether it calls a function of dblink with a password, or gives Supabase's vault a secret.
  fileprivate var holdsPassword: Bool {
    contains { expression in
      guard case .call(let call) = expression else { return false }
      if call.name == QualifiedName(schema: "vault", "create_secret"),
        case .constant(.string(let text))? = call.arguments.first
      {
        return text.isSecret
      }
      guard call.name.name.hasPrefix("dblink") else { return false }
      return call.arguments.contains { if case .constant(.string(let text)) = $0 { text.holdsPassword } else { false } }
    }
  }
}

extension StringProtocol {
  /// Whether it is neither empty, nor filled in by a program, nor of a form that lets nobody log in.
  fileprivate var isSecret: Bool {
    let isFilledIn = ["$", ":", "{{", "%", "<"].contains { hasPrefix($0) }
    return !isEmpty && !isFilledIn && !hasPrefix("SCRAM-SHA-256$")
  }

  /// Whether a connection string holds a password: `password=…`, or `postgresql://user:…@host`.
  fileprivate var holdsPassword: Bool {
    if let start = firstRange(of: "password") {
      let value = self[start.upperBound...].drop { $0 == " " }
      let text = value.dropFirst().drop { $0 == " " || $0 == "'" }
      if value.first == "=", text.prefix(while: { $0 != "'" && $0 != " " }).isSecret { return true }
    }
    guard let scheme = firstRange(of: "://"), let end = self[scheme.upperBound...].firstIndex(of: "@") else {
      return false
    }
    let user = self[scheme.upperBound..<end]
    return user.firstIndex(of: ":").map { user[user.index(after: $0)...].isSecret } ?? false
  }

}

extension Finding.Message {
  fileprivate static func telling(_ secret: String) -> Self {
    "the password \(secret) is written in the migration: whoever reads the repository or its logs has it"
  }
}
