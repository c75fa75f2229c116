"""The same two jobs on a file of cases in each tool, in the fastest of the forms that we tried.

A maker imports its tool and returns the job: 'rate' gives yes, and yes or no, by service and key
question, and the band of each standard's lowest question; 'read' reads the whole file, types found
by the tool, and gives rows, columns and the yes of one question. Answers are matched in the three
spellings of case that the file has; pyjustice takes any of its vocabulary, which is more work.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

FRAMEWORK = "iyjs-2025"
QUESTIONS = ("2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3.1", "2.3.2", "V1.1")
YES = ("Yes", "yes", "YES")
BOTH = (*YES, "No", "no", "NO")
# Lowest percentage of each band, and its code.
BANDS = ((80, 3), (65, 2), (50, 1), (0, 0))

Job = Callable[[str], Any]


def rated(rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Put counts into one form, and add the bands of the standards.

    Rows: service, then yes, and yes or no, of each question in turn.
    """
    counts, bands = {}, {}
    for service, *numbers in rows:
        pairs = [[int(yes), int(cases)] for yes, cases in zip(*[iter(numbers)] * 2, strict=True)]
        own = counts[service] = dict(zip(QUESTIONS, pairs, strict=True))
        for standard in dict.fromkeys(question.rpartition(".")[0] for question in QUESTIONS):
            shares = [own[question] for question in QUESTIONS if question.startswith(standard)]
            # Half up, in whole numbers; of rounded shares the lowest is that of the exact ones.
            percent = min(((200 * yes + n) // (2 * n) for yes, n in shares if n), default=-1)
            band = next((code for least, code in BANDS if percent >= least), -1)
            bands.setdefault(service, {})[standard] = band
    return {"counts": counts, "bands": bands}


def with_pyjustice(job: str) -> Job:
    from pyjustice.questions.mock_inspection import rate_cases
    from pyjustice.readers.cases import read_cases

    def rate(path: str) -> Any:
        ratings = rate_cases(path, FRAMEWORK)
        counts: dict[str, Any] = {}
        fields = ["service", "standard", "number", "yes", "cases"]
        for service, standard, number, yes, cases in ratings.counts[fields].tolist():
            counts.setdefault(service, {})[f"{standard}.{number}"] = [yes, cases]
        bands: dict[str, Any] = {}
        fields = ["service", "standard", "rating", "lowest"]
        for service, standard, rating, lowest in ratings.questions[fields].tolist():
            # V1 is not rated from its cases alone; its one question has a band all the same.
            if lowest or standard == "V1":
                bands.setdefault(service, {})[standard] = rating
        return {"counts": counts, "bands": bands}

    def read(path: str) -> Any:
        cases = read_cases(path, framework=FRAMEWORK)
        return [len(cases), len(cases.names()), int((cases["2.1/1"] == 1).sum())]

    return rate if job == "rate" else read


def with_polars(job: str) -> Job:
    import polars as pl

    def rate(path: str) -> Any:
        texts = dict.fromkeys(("Service", *QUESTIONS), pl.Categorical)
        sums = [
            pl.col(question).is_in(words).sum().alias(f"{question} {len(words)}")
            for question in QUESTIONS
            for words in (YES, BOTH)
        ]
        lazy = pl.scan_csv(path, schema_overrides=texts).group_by("Service").agg(sums)
        return rated(lazy.collect(engine="streaming").rows())

    def read(path: str) -> Any:
        table = pl.read_csv(path, try_parse_dates=True)
        return [*table.shape, int(table["2.1.1"].is_in(YES).sum())]

    return rate if job == "rate" else read


def with_pyarrow(job: str) -> Job:
    import pyarrow as pa
    from pyarrow import compute, csv

    def rate(path: str) -> Any:
        only = csv.ConvertOptions(include_columns=["Service", *QUESTIONS])
        table = csv.read_csv(path, convert_options=only)
        columns = {"Service": table["Service"]}
        for question in QUESTIONS:
            for words in (YES, BOTH):
                found = compute.is_in(table[question], value_set=pa.array(words))
                columns[f"{question} {len(words)}"] = found
        names = [name for name in columns if name != "Service"]
        grouped = pa.table(columns).group_by("Service").aggregate([(n, "sum") for n in names])
        wanted = [grouped["Service"], *(grouped[f"{name}_sum"] for name in names)]
        return rated(zip(*(column.to_pylist() for column in wanted), strict=True))

    def read(path: str) -> Any:
        dates = csv.ConvertOptions(timestamp_parsers=["%d/%m/%Y"])
        table = csv.read_csv(path, convert_options=dates)
        yes = compute.is_in(table["2.1.1"], value_set=pa.array(YES))
        return [*table.shape, compute.sum(yes).as_py()]

    return rate if job == "rate" else read


def with_duckdb(job: str) -> Job:
    import duckdb

    def among(question: str, words: Sequence[str]) -> str:
        listed = ", ".join(f"'{word}'" for word in words)
        return f'count(*) FILTER (WHERE "{question}" IN ({listed}))'

    def rate(path: str) -> Any:
        sums = ", ".join(among(question, words) for question in QUESTIONS for words in (YES, BOTH))
        query = f"SELECT Service, {sums} FROM read_csv(?) GROUP BY Service"  # noqa: S608
        return rated(duckdb.execute(query, [path]).fetchall())

    def read(path: str) -> Any:
        duckdb.execute("CREATE TABLE cases AS SELECT * FROM read_csv(?)", [path])
        query = f"SELECT count(*), {among('2.1.1', YES)} FROM cases"  # noqa: S608
        rows, yes = duckdb.execute(query).fetchall()[0]
        return [rows, len(duckdb.execute("DESCRIBE cases").fetchall()), yes]

    return rate if job == "rate" else read


def with_pandas(job: str, **how: Any) -> Job:
    import pandas as pd

    def rate(path: str) -> Any:
        table = pd.read_csv(path, usecols=["Service", *QUESTIONS], **how)
        found = {
            f"{question} {len(words)}": table[question].isin(words)
            for question in QUESTIONS
            for words in (YES, BOTH)
        }
        sums = pd.DataFrame(found).groupby(table["Service"], observed=True).sum()
        return rated(sums.itertuples(name=None))

    def read(path: str) -> Any:
        kinds = {name: kind for name, kind in how.items() if name != "dtype"}
        table = pd.read_csv(path, **kinds)
        return [*table.shape, int(table["2.1.1"].isin(YES).sum())]

    return rate if job == "rate" else read


def with_pandas_alone(job: str) -> Job:
    return with_pandas(job, dtype="category")


def with_pandas_and_pyarrow(job: str) -> Job:
    return with_pandas(job, engine="pyarrow", dtype_backend="pyarrow")


def with_csv(job: str) -> Job:
    """Plain Python, for the truth of it."""
    import csv

    def rate(path: str) -> Any:
        sums: dict[str, list[int]] = {}
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                own = sums.setdefault(row["Service"], [0] * (2 * len(QUESTIONS)))
                for i, question in enumerate(QUESTIONS):
                    own[2 * i] += row[question] in YES
                    own[2 * i + 1] += row[question] in BOTH
        return rated((service, *own) for service, own in sums.items())

    def read(path: str) -> Any:
        with open(path, encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        question = header.index("2.1.1")
        return [len(rows), len(header), sum(row[question] in YES for row in rows)]

    return rate if job == "rate" else read


PEERS: dict[str, Callable[[str], Job]] = {
    "pyjustice": with_pyjustice,
    "polars (lazy)": with_polars,
    "pyarrow": with_pyarrow,
    "duckdb": with_duckdb,
    "pandas": with_pandas_alone,
    "pandas with pyarrow": with_pandas_and_pyarrow,
    "csv": with_csv,
}
# The last one is what has to be there: what is measured of pandas with pyarrow is pyarrow's reader.
MODULES = {
    "pyjustice": "pyjustice",
    "polars (lazy)": "polars",
    "pyarrow": "pyarrow",
    "duckdb": "duckdb",
    "pandas": "pandas",
    "pandas with pyarrow": "pyarrow",
    "csv": "csv",
}
