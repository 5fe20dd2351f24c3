/* Distribution functions that several measures need. Accurate to about 1e-13, where not said
 * otherwise. */
#ifndef MEGURI_MEASURE_INNER_H
#define MEGURI_MEASURE_INNER_H

#include "measure/measure.h"

double normal_cdf(double z);
double normal_quantile(double p); /* 0 < p < 1 */

/* Regularised incomplete beta function I_x(a, b), a and b > 0, 0 <= x <= 1. */
double beta_cdf(double x, double a, double b);

/* P(X <= r) for X ~ Binomial(n, p); 0 for r < 0, 1 for r >= n. */
double binomial_cdf(int64_t r, int64_t n, double p);

double t_cdf(double t, double df);      /* Student's t, df > 0 */
double t_quantile(double p, double df); /* 0 < p < 1 */

/* part / whole in percent with `decimals`, half up, exactly; whole > 0. */
MUST bool measure_percent(dec part, dec whole, uint8_t decimals, dec *out);

/* Does the measure's filter let the cell through? */
bool facets_fit(struct arena *a, const struct measure_def *d, const struct cell *cell);

#endif
