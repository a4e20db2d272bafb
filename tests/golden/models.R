# Makes models_expected.json: what R's own packages say of made-up counts. `Rscript tests/golden/models.R` from the root.
# R 4.2.2 with lme4 1.1-31, glmmTMB 1.1.5, metafor 3.8-1, epitools 0.5-10.1, jsonlite. The tests need no R.
suppressMessages({library(lme4); library(glmmTMB); library(metafor); library(epitools); library(jsonlite)})
set.seed(20261130)

# Sites: a group and the other side at twelve sites, every site with a level of its own.
sites <- 12
size <- sample(120:900, sites, replace = TRUE)
n <- round(size * runif(sites, 0.08, 0.6)); other_n <- size - n
share <- n / size; centred <- (share - sum(n) / sum(size)) / 0.1
level <- -0.4 + rnorm(sites, 0, 0.35)
x <- rbinom(sites, n, plogis(level - 0.35)); other_x <- rbinom(sites, other_n, plogis(level))
events <- rpois(sites, n * exp(level - 2 + 0.3)); other_events <- rpois(sites, other_n * exp(level - 2))
long <- data.frame(site = factor(rep(1:sites, 2)), group = rep(c(1, 0), each = sites), context = rep(centred, 2),
                   n = c(n, other_n), x = c(x, other_x), events = c(events, other_events))
tight <- glmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 1e-3, rhoend = 1e-10, maxfun = 1e5))
logistic <- glmer(cbind(x, n - x) ~ group + context + (1 | site), long, binomial, nAGQ = 25, control = tight)
poisson_fit <- glmer(events ~ group + context + offset(log(n)) + (1 | site), long, poisson, nAGQ = 25, control = tight)
told <- function(fit) list(beta = unname(fixef(fit)), se = unname(sqrt(diag(as.matrix(vcov(fit, use.hessian = FALSE))))),
                           tau = unname(attr(VarCorr(fit)$site, "stddev")))

# Strata: six by four combined groups, additive effects and a little that is particular to combinations.
first <- rep(1:6, times = 4); second <- rep(1:4, each = 6)
strata <- data.frame(first = factor(first), second = factor(second), stratum = factor(1:24),
                     n = sample(60:1500, 24, replace = TRUE))
line <- -0.5 + rnorm(6, 0, 0.3)[first] + rnorm(4, 0, 0.25)[second] + rnorm(24, 0, 0.15)
strata$x <- rbinom(24, strata$n, plogis(line))
ml <- glmer(cbind(x, n - x) ~ 1 + (1 | stratum), strata, binomial, nAGQ = 25, control = tight)
restricted <- function(formula) glmmTMB(formula, strata, binomial, REML = TRUE)
null_fit <- restricted(cbind(x, n - x) ~ 1 + (1 | stratum))
additive <- restricted(cbind(x, n - x) ~ first + second + (1 | stratum))
tau_of <- function(fit) unname(attr(VarCorr(fit)$cond$stratum, "stddev"))
tau <- c(tau_of(null_fit), tau_of(additive))

# A funnel: φ drawn in at 10 and 90 of 100 (Spiegelhalter 2005), and DerSimonian and Laird's τ² of nothing drawn in.
funnel_n <- sample(60:900, 20, replace = TRUE)
funnel_x <- rbinom(20, funnel_n, plogis(0.3 + rnorm(20, 0, 0.3)))
target <- sum(funnel_x) / sum(funnel_n)
error <- sqrt(target * (1 - target) / funnel_n)
z <- (funnel_x / funnel_n - target) / error
ends <- quantile(z, c(0.1, 0.9), type = 7)
phi <- mean(pmin(pmax(z, ends[1]), ends[2])^2)
dl <- rma(yi = funnel_x / funnel_n, vi = error^2, method = "DL")

# Ages: Fay and Feuer by epitools; Wilson's limits of the bands (prop.test), put together.
ages <- data.frame(group = rep(1:4, each = 5), events = rpois(20, 12), n = sample(300:4000, 20, replace = TRUE))
standard <- c(40, 30, 15, 10, 5)
direct <- t(sapply(1:4, function(g) with(ages[ages$group == g, ], ageadjust.direct(events, n, stdpop = standard))))
wilson <- t(sapply(1:4, function(g) {
  mine <- ages[ages$group == g, ]; w <- standard / sum(standard); p <- mine$events / mine$n
  ends <- mapply(function(x, n) prop.test(x, n, correct = FALSE)$conf.int, mine$events, mine$n)
  value <- sum(w * p)
  c(value, value - sqrt(sum((w * (p - ends[1, ]))^2)), value + sqrt(sum((w * (ends[2, ] - p))^2)))
}))

write_json(list(
  sites = list(n = n, x = x, other_n = other_n, other_x = other_x, events = events, other_events = other_events,
               logistic = told(logistic), poisson = told(poisson_fit)),
  strata = list(n = matrix(strata$n, 6), x = matrix(strata$x, 6), tau_ml = unname(attr(VarCorr(ml)$stratum, "stddev")),
                tau_restricted = tau, vpc = tau[1]^2 / (tau[1]^2 + pi^2 / 3), pcv = 1 - tau[2]^2 / tau[1]^2,
                median_odds_ratio = exp(sqrt(2) * tau[1] * qnorm(0.75))),
  funnel = list(n = funnel_n, x = funnel_x, target = target, phi = phi, tau2_dl = dl$tau2, mean = as.numeric(dl$beta)),
  ages = list(n = matrix(ages$n, 4, byrow = TRUE), events = matrix(ages$events, 4, byrow = TRUE), standard = standard,
              direct = direct[, c("adj.rate", "lci", "uci")], wilson = wilson)
), "tests/golden/models_expected.json", digits = 10, auto_unbox = TRUE, pretty = TRUE)
