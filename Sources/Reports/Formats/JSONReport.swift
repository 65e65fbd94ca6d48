import Catalog
import Execution
import Linting
import Syntax

/// The JSON that other programs read. Keys may be added, never changed or dropped.
enum JSONReport {
  static func write(_ report: Report, to output: @escaping ([UInt8]) -> Void) {
    var layouts = EffectLayouts()
    JSONWriter.write(to: output) { json in
      json.object { json in
        json.member("ignored", report.ignored) { json, file in
          json.object { json in
            json.member("path", file.path)
            json.member("reason", file.reason)
          }
        }
        json.member("migrations", report.migrations) { json, migration in
          json.object { migration.write(to: &$0, policy: report.policy, &layouts) }
        }
        json.member("schema_version", 1)
        json.member("summary") { json in json.object { writeSummary(of: report, to: &$0) } }
        json.member("tool") { json in
          json.object { json in
            json.member("grammar", report.grammarVersion)
            json.member("name", "sqllint")
            json.member("target_version", String(report.policy.targetVersion))
            json.member("version", report.toolVersion)
          }
        }
      }
    }
  }

  /// Statements and risk are those of the migrations that are judged, up migrations unless `--direction` says otherwise;
  /// findings are those of all files, as for the exit code.
  private static func writeSummary(of report: Report, to json: inout JSONWriter) {
    let counts = ReportCounts(report)
    let risk = report.risk
    json.member("approval", report.approval)
    json.member("down_migrations", counts.downMigrations)
    json.member("downtime", report.policy.downtime(for: risk))
    json.member("fail_on", report.policy.failOn?.rawValue ?? "none")
    json.member("fails", counts.failing > 0)
    json.member("findings") { json in
      json.object { json in
        json.member("critical", counts.findings[.critical] ?? 0)
        json.member("high", counts.findings[.high] ?? 0)
        json.member("low", counts.findings[.low] ?? 0)
        json.member("medium", counts.findings[.medium] ?? 0)
      }
    }
    json.member("findings_by_rule", counts.rules) { json, rule in
      json.object { json in
        json.member("allowed", rule.allowed)
        json.member("findings", rule.findings)
        json.member("rule", rule.id)
      }
    }
    json.member("ignored", report.ignored.count)
    // Those of the baseline, which are left out.
    json.member("known", counts.known)
    json.member("migrations", counts.migrations)
    json.member("risk", risk.rawValue)
    json.member("statements", counts.statements)
    json.member("suppressed", counts.suppressed)
  }
}

extension MigrationReport {
  fileprivate func write(to json: inout JSONWriter, policy: Policy, _ layouts: inout EffectLayouts) {
    let source = migration.script.source
    let verdict = verdict(under: policy)
    json.member("approval", verdict.decision.approval)
    json.member("decision") { json in json.object { verdict.write(to: &$0) } }
    json.member("direction", migration.direction.rawValue)
    json.member("downtime", verdict.decision.downtime)
    json.member("findings", findings) { json, finding in json.object { finding.write(to: &$0, source) } }
    // Why it is not reversible, a sentence each.
    json.member("irreversible_because", irreversibility) { $0.write($1.sentence) }
    json.member("name", migration.name)
    json.member("path", migration.path)
    json.member("phases", phases) { $0.write($1.rawValue) }
    json.member("reversible", isReversible)
    json.member("risk", risk.rawValue)
    json.member("runner", migration.runner)
    json.member("statements", statements) { json, statement in
      json.object { statement.write(to: &$0, source, &layouts) }
    }
    json.member("transaction", migration.transactionMode.rawValue)
    json.member("transactions", transactions) { json, transaction in json.object { transaction.write(to: &$0) } }
    // Null for a plain file.
    json.member("version", orNull: migration.version)
  }
}

extension Verdict {
  /// What the migration's other keys do not say of the decision.
  fileprivate func write(to json: inout JSONWriter) {
    // Each of those whom `approval` names.
    json.member("approvers", decision.approvers)
    // The code that must be gone before the migration runs, and what code may use only after it.
    json.member("deploy_after", decision.order.breaks) { $0.write("code that no longer \($1.reliance)") }
    json.member("deploy_before", decision.order.additions) { $0.write("code that uses \($1.sentence)") }
    // What gives it a risk of medium or more, highest first; empty where the risk is low.
    json.member("reasons", causes) { json, cause in
      json.object { json in
        json.member("allowed", cause.isAllowed)
        // In the words of the file; null where it is not allowed, or no reason is given.
        json.member("allowed_because", orNull: cause.allowedBecause)
        // Such as `line 3`.
        json.member("places", cause.places)
        json.member("risk", cause.risk.rawValue)
        // Null for a statement that no rule objects to.
        json.member("rule", orNull: cause.rule)
        // Null where no more is known of a statement.
        json.member("text", orNull: cause.sentence)
      }
    }
    // Who has approved; null where the run asks for no approval, or nobody has to.
    json.member("sign_off") { json in
      guard let signOff = decision.signOff, signOff.isAsked else { return json.writeNull() }
      json.object { signOff.write(to: &$0) }
    }
  }
}

extension SignOff {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("approved", isApproved)
    // Why approvals do not count that somebody gave.
    json.member("notes", notes)
    json.member("roles", roles) { json, role in
      json.object { json in
        json.member("approved", role.isApproved)
        json.member("approved_by", role.approvedBy)
        // How many people must approve as this.
        json.member("count", role.count)
        json.member("name", role.name)
      }
    }
  }
}

extension StatementReport {
  fileprivate func write(to json: inout JSONWriter, _ source: SourceText, _ layouts: inout EffectLayouts) {
    let (file, range) = source.file(of: statement.range)
    let start = file.location(of: range.lowerBound)
    let end = file.location(of: range.upperBound)
    json.member("breaks", effects.breaks) { $0.write($1.sentence) }
    json.member("column", start.column)
    json.member("depends_on_rows", rowQuestions) { json, question in
      json.object { json in
        json.member("query", question.query.sql)
        json.member("sqlstate", question.query.sqlState)
      }
    }
    json.member("effects", effects.relations) { json, effect in json.object { effect.write(to: &$0, &layouts) } }
    json.member("end_column", end.column)
    json.member("end_line", end.line)
    // How long its work takes by the configured rates; null where tables were not measured.
    json.member("estimated_seconds") { json in
      if let estimatedSeconds { json.write(Int(min(estimatedSeconds.rounded(.up), 1e15))) } else { json.writeNull() }
    }
    json.member("kind", statement.commandTag)
    json.member("line", start.line)
    json.member("losses", effects.losses) { $0.write($1.sentence) }
    // The file that the line is in: the migration's, or one that it includes.
    json.member("path", file.path)
    json.member("phase", phase.rawValue)
    // What gives it a risk of medium or more, or keeps it low, as that a table is small; null where a finding does.
    json.member("reason", orNull: reason?.sentence)
    json.member("refused") { json in
      guard let refusal else { return json.writeNull() }
      json.object { refusal.write(to: &$0) }
    }
    json.member("risk", risk.rawValue)
    json.member("transaction", transaction)
    json.member("unknowns", effects.unknowns)
  }
}

extension SQLError {
  fileprivate func write(to json: inout JSONWriter) {
    // False where something decides that the files do not show.
    json.member("certain", isCertain)
    json.member("message", message)
    json.member("sqlstate", state.rawValue)
  }
}

extension TransactionState {
  /// A transaction of several statements, and the locks that it holds at its end, each since the statement that took it.
  fileprivate func write(to json: inout JSONWriter) {
    json.member("kind", kind.word)
    json.member("locks", heldLocks.all) { json, lock in
      json.object { json in
        json.member("line", lock.place.line)
        json.member("lock", lock.mode.name)
        json.member("path", lock.place.path)
        json.member("relation", lock.relation.description)
      }
    }
    // As in the statements.
    json.member("number", number)
  }
}

extension TransactionState.Kind {
  fileprivate var word: String {
    switch self {
    case .own: "own"
    case .implicit: "implicit"
    case .wrapped: "wrapped"
    case .explicit: "explicit"
    }
  }
}

/// What effects without work look like but for the relation: thousands of a report are alike.
private struct EffectLayouts {
  /// All that an effect without work says besides its relation.
  struct Kind: Hashable {
    let relation: RelationKind
    let lock: LockMode
    let existed: Bool
    let isAssumed: Bool

    /// The rest is the same for most effects with a lock.
    func hash(into hasher: inout Hasher) { hasher.combine(lock.rawValue) }
  }

  var beforeRelation: [Kind: [UInt8]] = [:]
  var behindRelation: [Kind: [UInt8]] = [:]
}

extension Effect {
  fileprivate func write(to json: inout JSONWriter, _ layouts: inout EffectLayouts) {
    guard work.isEmpty else {
      writeBeforeRelation(to: &json)
      json.member("relation", relation.description)
      writeBehindRelation(to: &json)
      return
    }
    let kind = EffectLayouts.Kind(relation: kind, lock: lock, existed: existed, isAssumed: isAssumed)
    json.members(of: kind, in: &layouts.beforeRelation) { writeBeforeRelation(to: &$0) }
    json.member("relation", relation.description)
    json.members(of: kind, in: &layouts.behindRelation) { writeBehindRelation(to: &$0) }
  }

  private func writeBeforeRelation(to json: inout JSONWriter) {
    json.member("assumed", isAssumed)
    json.member("blocks", lock.blocks) { $0.write($1.rawValue) }
    // Why each piece of work is done; as many as `work` or more, because two causes may ask for the same work.
    json.member("causes", work) { $0.write($1.sentence) }
    json.member("existed", existed)
    json.member("kind", kind.rawValue)
    json.member("lock", lock.name)
  }

  private func writeBehindRelation(to json: inout JSONWriter) {
    json.member("work", Work.allCases.lazy.filter { kind in work.contains { $0.work == kind } }) {
      $0.write($1.rawValue)
    }
  }
}

extension Finding {
  fileprivate func write(to json: inout JSONWriter, _ source: SourceText) {
    let (file, range) = source.file(of: range)
    let start = file.location(of: range.lowerBound)
    let end = file.location(of: range.upperBound)
    json.member("column", start.column)
    json.member("end_column", end.column)
    json.member("end_line", end.line)
    // Null where the rule knows no safe way.
    json.member("fix", orNull: fix?.text)
    // The migrations of the safe way; none where the advice is words alone. `fix` holds the same as one text.
    json.member("fix_steps", Array((fix?.steps ?? []).enumerated())) { json, item in
      json.object { json in
        // What must be true of running code before it is deployed; null where nothing must.
        json.member("deploy", orNull: item.element.deploy)
        json.member("migration", item.offset + 1)
        json.member("sql", item.element.sql.trimmed)
        // False where it must be sent outside of a transaction.
        json.member("transaction", item.element.runsInTransaction)
      }
    }
    json.member("line", start.line)
    json.member("message", message.description)
    // The file that the line is in: the migration's, or one that it includes.
    json.member("path", file.path)
    json.member("risk", risk.rawValue)
    json.member("rule", rule)
    // Null for a finding about the file.
    json.member("statement", orNull: statement)
    json.member("suppressed", isSuppressed)
    // Why it is allowed, in the words of the file; null where it counts or no reason is given.
    json.member("suppression_reason", orNull: suppressionReason)
    // The page about the rule: a path in this project, as long as it has no address.
    json.member("url", RulePage.address(of: rule))
  }
}
