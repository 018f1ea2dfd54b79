# tfsg --plan plan.json -f json | jq -f run-task.jq: the callback of a run task of HCP Terraform.
def status: if (.problems | any(.severity == "error")) or (.summary.critical + .summary.high > 0) then "failed" else "passed" end;
{
  data: {
    type: "task-results",
    attributes: {
      status: status,
      message: "\(.summary.critical) critical, \(.summary.high) high, \(.summary.medium) medium, \(.summary.low) low"
    },
    relationships: {
      outcomes: {
        data: [
          .findings[] | {
            type: "task-result-outcomes",
            attributes: {
              "outcome-id": .fingerprint,
              description: "\(.check): \(.file):\(.range.start.line)",
              body: .message,
              tags: { Severity: [{ label: .severity, level: (if .severity == "critical" or .severity == "high" then "error" else "warning" end) }] }
            }
          }
        ]
      }
    }
  }
}
