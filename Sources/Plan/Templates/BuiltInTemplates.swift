/// The texts of the runbook as sqllint ships them.
enum BuiltInTemplates {
  static let main = "runbook"

  static let all: [(name: String, text: String)] = [
    (main, "{{>head}}\n\n{{>order}}\n\n{{>before}}\n\n{{>execute}}\n\n{{>watch}}\n\n{{>validate}}\n\n{{>rollback}}\n"),
    ("head", head), ("order", order), ("before", before), ("task", task), ("execute", execute), ("watch", watch),
    ("validate", validate), ("rollback", rollback),
  ]

  private static let head = """
    # Migration: {{title}}

    **Risk**: {{risk}} · **Downtime**: {{downtime}} · **Estimated time**: {{estimate}}

    From version {{#from_version}}{{from_version}}{{/from_version}}{{^from_version}}none{{/from_version}} to {{#to_version}}{{to_version}}{{/to_version}}{{^to_version}}____{{/to_version}}, \
    {{counted}} in {{folder}}, run by {{runner}} on PostgreSQL {{target_version}}. sqllint {{tool_version}} wrote this from the files alone: \
    what they do not tell is a line to fill.

    | must approve | risk | migrations | approval |
    |---|---|---|---|
    {{#approvals}}
    | {{approver}} | {{risk}} | {{#migrations}}{{.}} {{/migrations}}| {{given}} |
    {{/approvals}}

    {{#has_obstacles}}
    ## Not ready

    As the files are, these do not run to their end:

    {{#obstacles}}
    - {{.}}
    {{/obstacles}}

    {{/has_obstacles}}
    {{#has_code}}
    ## Code

    {{#code}}
    - [ ] {{.}}
    {{/code}}
    {{/has_code}}

    """

  private static let order = """
    ## Order of deployment

    {{#stages}}
    ### Stage {{number}}{{#has_phases}} ({{phases}}){{/has_phases}}

    {{#waits_for}}
    - [ ] {{.}}
    {{/waits_for}}

    {{#migrations}}
    - {{.}}
    {{/migrations}}

    {{/stages}}

    """

  private static let task = """
    - [ ] {{title}}
    {{#detail}}
      {{detail}}
    {{/detail}}
    {{#code}}
    {{code.indented}}
    {{/code}}

    """

  private static let before = """
    ## Before

    {{#before}}
    {{>task}}
    {{/before}}

    ### Backup

    {{#backup}}
    {{>task}}
    {{/backup}}

    """

  private static let execute = """
    ## Execute

    One migration after the other, the checks of each (under Validate) right behind it. The statements that are shown make \
    others wait, or take their time.

    Abort when others have waited for one of them longer than 5 seconds: `SELECT pg_cancel_backend(PID);`, where PID is what the \
    query “Who waits for whom” (under Watch) calls `blocking`; never end a process of the server from outside. Where nothing else \
    is said, nothing of its transaction stays then.

    {{#has_downtime_tasks}}
    ### If it takes downtime

    {{#downtime_tasks}}
    {{>task}}
    {{/downtime_tasks}}

    {{/has_downtime_tasks}}
    {{#migrations}}
    ### {{title}}

    {{#stage_note}}
    - [ ] {{stage_note}}
    {{/stage_note}}

    {{path}}: {{risk}} risk, to be approved by {{approver}}{{#has_phases}}; {{phases}}{{/has_phases}}

    {{#reasons}}
    - {{.}}
    {{/reasons}}

    {{#timeouts}}
    {{timeouts}}
    {{/timeouts}}

    {{#command}}
    - [ ] Run it

    {{command.indented}}
    {{/command}}
    {{#command_note}}
    - {{.}}
    {{/command_note}}

    {{#steps}}
    **{{command}}**, {{place}}

    {{sql}}

    {{#effects}}
    - {{.}}
    {{/effects}}
    {{#warning}}
    - **Wrong recipe**: {{warning}}
    {{/warning}}
    {{#abort}}
    - {{.}}
    {{/abort}}

    {{#progress}}
    How far it is:

    {{progress}}
    {{/progress}}

    {{#cleanup}}
    After an abort:

    {{cleanup}}
    {{/cleanup}}

    {{/steps}}
    {{^has_steps}}
    Nobody waits for it, and it takes no time.
    {{/has_steps}}

    {{/migrations}}

    """

  private static let watch = """
    ## Watch

    {{#watch}}
    {{>task}}
    {{/watch}}
    - [ ] Errors of the application stay below 5 % of requests; where: ____
    - [ ] Response times stay below 150 % of what they were before, which is slower by 50 %; they were ____
    - [ ] Processors, memory and disk of the server stay as usual; where: ____

    """

  private static let validate = """
    ## Validate

    {{#migrations}}
    ### After {{title}}

    {{#checks_sql}}
    Each row says `t`:

    {{checks_sql}}
    {{/checks_sql}}
    {{^has_checks}}
    The schema does not tell whether it ran; what the runner has noted does (see Before), and its rows: ____
    {{/has_checks}}

    {{#looks}}
    - [ ] {{subject}}

    {{sql.indented}}

    {{/looks}}
    {{#tasks_after}}
    {{>task}}
    {{/tasks_after}}

    {{/migrations}}

    ### At the end

    - [ ] The application answers its health check: ____
    - [ ] What users do most works: ____
    - [ ] Its logs hold no new errors; where: ____

    """

  private static let rollback = """
    ## Roll back

    | what is seen | what to do |
    |---|---|
    | errors of the application above 5 % | roll back at once; from the backup where that is said below |
    | slower by more than 50 % | roll back within 15 minutes |
    | a feature that is not critical is broken | decide: fix forward, or roll back |
    | minor issues | watch, and fix forward |

    The last migration first.

    {{#rollbacks}}
    ### {{title}}

    {{#command}}
    - [ ] Take it back

    {{command.indented}}
    {{/command}}
    {{^has_command}}
    There is no command that takes it back: restore from the backup, or write a migration that undoes it.
    {{/has_command}}

    {{#reversible}}
    It leaves the schema as it was, and loses nothing that was there before.

    {{/reversible}}
    {{#losses}}
    - **Only from the backup**: {{.}}
    {{/losses}}
    {{#facts}}
    - {{.}}
    {{/facts}}
    {{#takes}}
    - It takes away {{.}}, also what was written since
    {{/takes}}
    {{#stays}}
    - It leaves that {{.}}: others may use it by then
    {{/stays}}
    {{#locks}}
    - It locks {{.}}
    {{/locks}}

    {{#questions}}
    {{>task}}
    {{/questions}}
    {{#restores}}
    {{>task}}
    {{/restores}}

    {{#checks_sql}}
    When it has been taken back, each row says `t`:

    {{checks_sql}}
    {{/checks_sql}}

    {{#failure}}
    {{.}}
    {{/failure}}

    {{#repair}}
    {{repair}}
    {{/repair}}

    {{#down_repair}}
    If its down migration is refused, fix that file, and before it runs again:

    {{down_repair}}
    {{/down_repair}}

    {{/rollbacks}}

    {{#has_restore}}
    ### From the backup

    Where no down migration brings back what is needed:

    {{#restore}}
    {{>task}}
    {{/restore}}
    {{/has_restore}}

    """
}
