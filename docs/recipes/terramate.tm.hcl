# terramate script run tfsg; with --changed for the stacks that a branch changes.
terramate {
  config {
    experiments = ["scripts"]
  }
}

script "tfsg" {
  description = "Check the security groups of a stack"

  job {
    commands = [
      ["terraform", "init", "-backend=false"],
      ["tfsg", "."],
    ]
  }
}
