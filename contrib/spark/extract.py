"""Annotates a corpus on Spark and writes tables.

    spark-submit extract.py INPUT OUTPUT [--to parquet|jsonl] [--partitions N]

INPUT is a folder or a pattern of JSON Lines files (`text`, and optionally `id`, `title`, `published`, `url`) or of WARC
files. OUTPUT is a folder, with a table `articles`: `id`, `line` (what `dateline extract --to jsonl` writes) and `error`,
which is null unless the record could not be read. With `--to jsonl`, the folder has the lines as text and the errors in
a folder `errors`.

Every worker needs the package `dateline` (docs/python.md). A task annotates on one thread, so that Spark alone decides
how many cores are used, and loads the models once.
"""

import argparse
import json
import os

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as columns
from pyspark.sql.types import LongType, StringType, StructField, StructType

RESULT = StructType(
    [
        StructField("source", StringType()),
        StructField("number", LongType()),
        StructField("id", StringType()),
        StructField("line", StringType()),
        StructField("error", StringType()),
    ]
)
"""A row of the result: file and number of the record, its identifier, and either a line of JSON or an error."""


def annotate(batches):
    """Annotates batches of `source`, `number` and `value` (a record of JSON Lines) and yields rows of `RESULT`."""
    import dateline
    import pandas

    for batch in batches:
        parsed = [parse(value) for value in batch["value"]]
        results = dateline.extract_many(
            (record for record, error in parsed if error is None), jobs=1, errors="return"
        )
        rows = []
        for source, number, (record, error) in zip(batch["source"], batch["number"], parsed):
            line = None
            if error is None:
                result = next(results)
                if isinstance(result, dateline.Error):
                    error = str(result)
                else:
                    line = result.to_json()
            rows.append((source, number, record.get("id"), line, error))
        yield pandas.DataFrame(rows, columns=RESULT.names)


def parse(value):
    """Returns the record on a line and None, or what is left of it and the reason why it cannot be annotated."""
    try:
        record = json.loads(value)
    except ValueError as error:
        return {}, f"not JSON: {error}"
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        identifier = record.get("id") if isinstance(record, dict) else None
        return {"id": None if identifier is None else str(identifier)}, "no string `text`"
    if record.get("id") is not None:
        record["id"] = str(record["id"])
    return record, None


def annotate_sources(batches):
    """Annotates batches of `path` and `content` (WARC files or pages) and yields rows of `RESULT`."""
    import warnings

    import dateline
    import pandas

    for batch in batches:
        for path, content in zip(batch["path"], batch["content"]):
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always", dateline.IngestWarning)
                try:
                    articles = dateline.ingest(bytes(content), os.path.basename(path))
                except dateline.Error as error:
                    yield pandas.DataFrame([(path, 1, None, None, str(error))], columns=RESULT.names)
                    continue
            rows = [(path, number, each.id, each.to_json(), None) for number, each in enumerate(articles, 1)]
            rows += [(path, None, None, None, str(warning.message)) for warning in caught]
            yield pandas.DataFrame(rows, columns=RESULT.names)


def records(spark: SparkSession, path: str, partitions: int | None) -> DataFrame:
    """Returns the lines of JSON Lines files with the files' names and a number that keeps their order."""
    lines = spark.read.text(path)
    lines = lines.select(
        columns.input_file_name().alias("source"), columns.monotonically_increasing_id().alias("number"), "value"
    )
    lines = lines.where(columns.trim("value") != "")
    return lines.repartition(partitions) if partitions else lines


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("input")
    arguments.add_argument("output")
    arguments.add_argument("--to", choices=["parquet", "jsonl"], default="parquet")
    arguments.add_argument("--from", dest="format", choices=["jsonl", "warc"], default="jsonl")
    arguments.add_argument("--partitions", type=int, help="tasks to divide the records among [default: Spark's]")
    chosen = arguments.parse_args()

    spark = SparkSession.builder.appName("dateline").getOrCreate()
    if chosen.format == "jsonl":
        result = records(spark, chosen.input, chosen.partitions).mapInPandas(annotate, RESULT)
    else:
        sources = spark.read.format("binaryFile").load(chosen.input).select("path", "content")
        result = sources.mapInPandas(annotate_sources, RESULT)
    if chosen.to == "parquet":
        result.write.mode("errorifexists").parquet(chosen.output)
    else:
        result = result.cache()
        good = result.where("error is null").orderBy("source", "number").select("line")
        good.write.mode("errorifexists").text(chosen.output + "/lines")
        bad = result.where("error is not null").select(columns.to_json(columns.struct("source", "id", "error")))
        bad.write.mode("errorifexists").text(chosen.output + "/errors")
    spark.stop()


if __name__ == "__main__":
    main()
