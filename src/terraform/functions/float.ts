/** Logarithms and powers of float64s to the last bit as Go computes them: Terraform shows all digits of a float64. */

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

/**
 * The natural logarithm. Go: log in https://github.com/golang/go/blob/master/src/math/log.go, without fused operations, as on
 * processors of the x86 family.
 */
export function log(x: number): number {
  if (Number.isNaN(x) || x === Infinity) return x;
  if (x < 0) return Number.NaN;
  if (x === 0) return -Infinity;
  let { fraction, exponent } = split(x);
  if (fraction < Math.SQRT2 / 2) {
    fraction *= 2;
    exponent--;
  }
  const f = fraction - 1;
  const s = f / (2 + f);
  const s2 = s * s;
  const s4 = s2 * s2;
  const odd =
    s2 * (0.6666666666666735 + s4 * (0.2857142874366239 + s4 * (0.1818357216161805 + s4 * 0.14798198605116586)));
  const even = s4 * (0.3999999999940942 + s4 * (0.22222198432149784 + s4 * 0.15313837699209373));
  const square = 0.5 * f * f;
  return exponent * ln2High - (square - (s * (square + (odd + even)) + exponent * ln2Low) - f);
}

/**
 * `x` to the power `y`, NaN where there is none. Go: pow in https://github.com/golang/go/blob/master/src/math/pow.go; the last
 * bit of a power with a fraction depends on the processor there.
 */
export function power(x: number, y: number): number {
  // JavaScript has no answer to the first two of these, and agrees in the others and in those at zero and infinity.
  if (x === 1 || (x === -1 && Math.abs(y) === Infinity)) return 1;
  if (y === 0 || y === 1 || x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return x ** y;
  if (y === 0.5) return Math.sqrt(x);
  if (y === -0.5) return 1 / Math.sqrt(x);
  let whole = Math.trunc(Math.abs(y));
  let rest = Math.abs(y) - whole;
  if (rest !== 0 && x < 0) return Number.NaN;
  if (whole >= 2 ** 63) return x === -1 ? 1 : Math.abs(x) < 1 === y > 0 ? 0 : Infinity;
  let result = 1;
  let exponent = 0;
  if (rest !== 0) {
    if (rest > 0.5) {
      rest--;
      whole++;
    }
    result = Math.exp(rest * log(x));
  }
  let square = split(x);
  for (; whole !== 0; whole = Math.floor(whole / 2)) {
    // The result over- or underflows whatever follows.
    if (Math.abs(square.exponent) > 2 ** 12) {
      exponent += square.exponent;
      break;
    }
    if (whole % 2 === 1) {
      result *= square.fraction;
      exponent += square.exponent;
    }
    const fraction = square.fraction * square.fraction;
    const isShort = fraction < 0.5;
    square = { fraction: isShort ? fraction * 2 : fraction, exponent: square.exponent * 2 - (isShort ? 1 : 0) };
  }
  return y < 0 ? scaled(1 / result, -exponent) : scaled(result, exponent);
}

/** x = fraction × 2^exponent with 0.5 <= |fraction| < 1. Go: math.Frexp. */
function split(x: number): { readonly fraction: number; readonly exponent: number } {
  const bits = new DataView(new ArrayBuffer(8));
  const isSubnormal = Math.abs(x) < 2 ** -1022;
  bits.setFloat64(0, isSubnormal ? x * 2 ** 52 : x);
  const high = bits.getUint32(0);
  bits.setUint32(0, (high & 0x800fffff) | (1022 << 20));
  return { fraction: bits.getFloat64(0), exponent: ((high >>> 20) & 0x7ff) - 1022 - (isSubnormal ? 52 : 0) };
}

/** x × 2^exponent, rounded once. Go: math.Ldexp. */
function scaled(x: number, exponent: number): number {
  const { fraction, exponent: own } = split(x);
  const power = own + exponent;
  if (power > 1024) return fraction * Infinity;
  if (power < -1074) return fraction < 0 ? -0 : 0;
  const first = Math.max(-1000, Math.min(1000, power));
  return fraction * 2 ** first * 2 ** (power - first);
}
