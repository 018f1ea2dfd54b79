/** How Terraform's numbers are held. */

/**
 * A number that is no safe integer: mantissa × 2^exponent, rounded to nearest even, as Go's big.Float holds it.
 * Infinity, which is what Terraform gives for 1/0, has the exponent Infinity and the mantissa 1 or -1.
 */
export interface BigFloat {
  /** Odd, except that zero does not occur: it is a safe integer. */
  readonly mantissa: bigint;
  readonly exponent: number;
  /** Bits that the mantissa may have: 512, or 53 for what a function computed in a float64. It decides how many digits show. */
  readonly precision: number;
}

/** A JavaScript number exactly when it is a safe integer (-0 among them, which Terraform shows as "-0"). */
export type Numeric = number | BigFloat;
