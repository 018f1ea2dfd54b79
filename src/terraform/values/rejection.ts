/** What Terraform rejects. */

/**
 * - `argument`: a required one is missing
 * - `condition`: a validation, precondition, postcondition or check is false
 * - `conflict`: arguments exclude each other
 * - `cycle`: declarations depend on one another in a circle
 * - `expression`: it has no value
 * - `instances`: `count` or `for_each` does not say which there are
 * - `name`: it is not declared, or means nothing in its place
 * - `rule-object`: an object in a list of rules lacks attributes
 * - `self`: a resource refers to itself
 * - `type`: a value is of another type than its argument
 * - `value`: it is not one of those that an argument can have
 */
export type RejectionKind =
  | 'argument'
  | 'condition'
  | 'conflict'
  | 'cycle'
  | 'expression'
  | 'instances'
  | 'name'
  | 'rule-object'
  | 'self'
  | 'type'
  | 'value';
