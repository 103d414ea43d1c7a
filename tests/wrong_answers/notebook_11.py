"""Plausible wrong answers to the exercises of 11_why_numbers_differ."""

from .form import body

WRONG_ANSWERS = {}

_ = body("percentile(value, others)")
WRONG_ANSWERS["11.1"] = [
    _("a share is a percentage", "that is the share", "others = np.array(others)",
      "return (others < value).mean() + (others == value).mean() / 2"),
    _("the rank is asked for", "that is how many are below", "return (np.array(others) < value).sum()"),
    _("it counts what lies above", "how much lies above", "others = np.array(others)",
      "return 100 * ((others > value).mean() + (others == value).mean() / 2)"),
    _("ties aren't below", "counts for nothing here", "return 100 * (np.array(others) < value).mean()"),
    _("ties are below", "counts whole here", "return 100 * (np.array(others) <= value).mean()"),
    _("the run is one of the others", "isn't one of them",
      "return 100 * (np.array(others) < value).sum() / (len(others) + 1)"),
]

_ = body("seeds_needed(difference, first_sd, second_sd)")
WRONG_ANSWERS["11.2"] = [
    _("half a seed", "seeds come whole", "return (first_sd**2 + second_sd**2) * (2.8 / difference)**2"),
    _("rounding is rounding", "round up", "return round((first_sd**2 + second_sd**2) * (2.8 / difference)**2)"),
    _("half for each method", "half of it",
      "return int(np.ceil((first_sd**2 + second_sd**2) / 2 * (2.8 / difference)**2))"),
    _("standard deviations add", "standard deviations don't add",
      "return int(np.ceil((first_sd + second_sd)**2 * (2.8 / difference)**2))"),
    _("one scatter is enough", "doesn't enter", "return int(np.ceil(2 * (2.8 * first_sd / difference)**2))"),
    _("the common one is the mean of both", "the mean of their squares",
      "return int(np.ceil(2 * (2.8 * (first_sd + second_sd) / 2 / difference)**2))"),
    _("the formula's 2 stays", "one factor 2 too many",
      "return int(np.ceil(2 * (first_sd**2 + second_sd**2) * (2.8 / difference)**2))"),
    _("at the threshold is beyond it", "in half of the studies",
      "return int(np.ceil((first_sd**2 + second_sd**2) * (1.96 / difference)**2))"),
    _("the error shrinks with n", "n grows with the square",
      "return int(np.ceil((first_sd**2 + second_sd**2)**0.5 * 2.8 / difference))"),
]

_ = body("spreads_apart(first, second, others)")
WRONG_ANSWERS["11.3"] = [
    _("the distance is asked for", "how many spreads that is", "return abs(first - second)"),
    _("first minus second", "leave out the sign", "return (first - second) / (2**0.5 * np.std(others, ddof=1))"),
    _("a difference scatters like a run", "has the scatter of both",
      "return abs(first - second) / np.std(others, ddof=1)"),
    _("standard deviations add", "don't add", "return abs(first - second) / (2 * np.std(others, ddof=1))"),
    _("the variance is the spread", "the spread is its root",
      "return abs(first - second) / (2 * np.var(others, ddof=1))"),
    _("NumPy's std is pandas'", "needs to be told", "return abs(first - second) / (2**0.5 * np.std(others))"),
    _("the two are means", "each number is a single run",
      "return abs(first - second) / (np.std(others, ddof=1) * (2 / len(others))**0.5)"),
]

_ = body("permutation_test(first, second)")
DEAL = ("from itertools import combinations", "runs, n, m = np.array([*first, *second]), len(first), len(second)",
        "sums = np.array([sum(runs[list(g)]) for g in combinations(range(n + m), n)])",
        "apart = sums / n - (runs.sum() - sums) / m")
WRONG_ANSWERS["11.4"] = [
    _("one side only", "looks to one side only", *DEAL, "return (apart >= apart[0] - 1e-9).mean()"),
    _("further apart than observed", "at least as large", *DEAL,
      "return (abs(apart) > abs(apart[0]) + 1e-9).mean()"),
    _("a number is a share", "how many ways there are", *DEAL, "return (abs(apart) >= abs(apart[0]) - 1e-9).sum()"),
    _("closeness is evidence", "closer together", *DEAL, "return (abs(apart) < abs(apart[0]) - 1e-9).mean()"),
    _("sums do as well as means", "compare means, not sums", *DEAL, "apart = 2 * sums - runs.sum()",
      "return (abs(apart) >= abs(apart[0])).mean()"),
    _("what was observed isn't chance", "leave it in", *DEAL, "return (abs(apart[1:]) >= abs(apart[0]) - 1e-9).mean()"),
]
