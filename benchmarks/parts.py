"""The benchmarks by name: what each one measures, what it stands beside, and what limits it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A benchmark, a module of its own name in this folder.

    ``takes_sizes`` says whether it can be asked for numbers of rows, ``takes_seconds`` for a length; ``about`` and
    ``limited_by`` stand around its table. One that is ``alone`` takes long, and is measured when it is named.
    """

    name: str
    title: str
    about: str
    limited_by: str
    takes_sizes: bool = False
    takes_seconds: bool = False
    alone: bool = False


PARTS = {
    part.name: part
    for part in (
        Part(
            "intake",
            "Intake: a file becomes a cube ready to view",
            "A CSV of one line an event (a measure, a day, an outcome, six stratifiers), made on the spot. Ours hashes "
            "the file, reads every spelling, accounts for every row, checks, counts every one- and two-way table at "
            "every grain and publishes the version. The peer reads the texts and writes them down again. With person "
            "ids people are counted once in each cell too; a hundred million rows of twenty million people do not fit "
            "into 1 GB and are refused.",
            "Reading the CSV is all that the peer does and part of what ours does; the rest is recoding every value "
            "and counting twenty-two tables; with people, hashing every person id and meeting each person's visits. "
            "Both use all cores, so more cores help both. Tried without person ids: to read columns of few texts as "
            "numbers, to add up the twenty-two tables out of three finer ones, and to tell an outcome's answers from "
            "the different words that were read instead of from every row. With them: to count people in a few walks "
            "over their visits and to take all time from the run of all years, to count people over several years in "
            "one pass over those who come back, and to add up those of whom one group changes in blocks too, with one "
            "pass over their stays instead of one a table. All are kept. Ten million rows without person ids reach "
            "their aim; a hundred million, measured before the last of these, and those with person ids do not.",
            takes_sizes=True,
        ),
        Part(
            "proposing",
            "Proposing: what each column of a file means",
            "A CSV of 500 lines with a measure, a date, an outcome and groups, and further columns of mixed kinds "
            "(categories, counts, amounts, dates, texts, yes and no) up to the number that is said. The peer is the "
            "same with half as many columns: twice the columns should take twice the time.",
            "Every column's values are read by every spelling that it may have, on one core.",
        ),
        Part(
            "cube",
            "Cube: building time and memory",
            "The fact table (Parquet) becomes the cube, and is opened. The peer sums the same zero-, one- and two-way "
            "tables by month in one statement; it makes neither the coarser grains nor the sums of squares, checks and "
            "sorts nothing. Each run is a process of its own; what does not fit into the limit spills to the disk.",
            "Grouping every row by its stratifiers, on all cores.",
            takes_sizes=True,
        ),
        Part(
            "views",
            "Views: a page's data question",
            "The tables of sums that each page asks for, from the cube in memory, and the same tables from the rows. "
            "DuckDB reads the Parquet extract; pandas holds the needed columns in memory already, and is left out at a "
            "hundred million rows, which would not fit.",
            "A question costs a search in sorted arrays and the making of a small table, about the same whatever the "
            "extract's size. Below a million rows the peers are quick too, and the ratios small; they grow with the "
            "rows.",
            takes_sizes=True,
        ),
        Part(
            "statistics",
            "Statistics: every summary measure with its interval",
            "All settings at once as arrays. The peer does a setting at a time in a plain loop, with a twentieth of "
            "the draws.",
            "Drawing the random numbers, on one core.",
        ),
        Part(
            "pages",
            "Pages: one person",
            "The sample system on a server of its own, the peer on another with the same configuration. Server time "
            "runs from the request until the page is whole. In Chromium: from the key that picks a measure until both "
            "charts have been drawn again; and a first visit, nothing kept, over an emulated line.",
            "On the server: the statistics of a question that nobody has asked before, then the parts of the page "
            "(some forty-five messages beside the peer's nine), each of which Streamlit registers, hashes, queues and "
            "sends. In the browser: Plotly, which draws a change once in the same node; the peer's is mounted anew. On "
            "the first visit: 2.3 MB of compressed scripts, nearly two seconds on this line, then their compiling; the "
            "peer sends them as they are. Tried: for the first visit to compress what is sent, and to name the chart's "
            "scripts in the page's header so that they come beside its own; for a change to keep the chart's node, and "
            "to make the statistics of a new question cheaper. What is left of a change is Plotly's drawing, the same "
            "for both, and the messages of the page.",
        ),
        Part(
            "processor",
            "Processor: what one person's change costs",
            "The processor time of the whole server for one person's change of measure, grouping or period, a dozen in "
            "a row, in turn with the bare app's. Never asked: each drawn anew. Asked before: a question that somebody "
            "has asked since the server began.",
            "Asked before: some seventy messages a page beside the peer's nine, each of which Streamlit registers, "
            "hashes, queues and sends, a fold-out or a list as much as a chart; lists, tables and files are drawn "
            "when they are opened already. Never asked: the statistics of the question. Tried for them: to try all "
            "levels of the models of crossed groups at once instead of one after the other (19 levels of 24 cells: 20 "
            "ms of processor time before, 4 after), and to end a search that can rise no more (rare events, 63 cells: "
            "282 ms before, 20 after); to try the levels of the model of sites together as well (Gap breakdown by "
            "race: 217 ms before, 33 after), to ask who has a better rate once a kind of measure (Clinical areas: 60 "
            "ms before, 45 after), to make answers only of those pairs of groupings in which a group stands out "
            "(fifteen pairs, the first time that a measure is asked for: 90 ms before, 30 after), and to search for "
            "what main effects explain only where that is the answer (2,000 draws of which few need it: 48 ms before, "
            "1 after). All are kept, and twice the bare app is not reached: what is left is the messages and, with "
            "them, making the page. What a message costs was measured on an app with thirty more of one kind: a list "
            "0.5 ms, a button or a box 0.2, a fold-out, a link or a text 0.1 to 0.2; all texts of a page in one would "
            "save 1 to 3 ms of 30, so they stay where they can be read and tested one by one. Clinical areas and "
            "Largest gaps kept fewer periods than their list has, so that a change asked before was often worked out "
            "anew; now they keep as many as five years of one dataset have.",
        ),
        Part(
            "sessions",
            "Sessions: fifty people at once",
            "Each person is a session on the websocket that changes a choice on Disparities every two seconds. Asked "
            "before: one of seventy-two questions that the first person asked; never asked: measure, period or "
            "reference drawn anew. One process serves all of them.",
            "Python runs one thread at a time, so fifty people every two seconds leave 40 ms of processor time for "
            "each change; what a change needs beyond that is waited for by everyone, so that a little more than 40 ms "
            "makes a queue that grows. Tried: what is named under Processor, and several server processes behind a "
            "balancer, which share it (two are measured below).",
        ),
        Part(
            "terminal",
            "Command line: one answer",
            "A process that is started, answers one question of the sample data and ends. The peer is a script of four "
            "lines that imports DuckDB and pandas and prints the groups' rates from the same rows, without intervals, "
            "names or a sentence.",
            "Importing what an answer is made with: DuckDB, pandas and SciPy, which the peer mostly needs as well, are "
            "more than half of the processor time. Tried: to import neither other answers' words nor the database, "
            "which an answer from a cube needs not, and to put off parts of NumPy that SciPy takes in and never uses. "
            "Together they took 1.37 s of processor time to 1.15 on a busy machine, where importing DuckDB and pandas "
            "alone took 0.64. What Python compiles is kept between runs here; where it may not be "
            "(PYTHONDONTWRITEBYTECODE), an answer takes about a third longer.",
        ),
        Part(
            "start",
            "Start: from the command to the first page",
            "The server is started and one person opens the first page; the sample data was loaded before, and the "
            "disk is warm. The peer is the bare app, started in turn.",
            "Importing: Streamlit and uvicorn as in the peer, then pandas, SciPy, Plotly, SQLAlchemy and our own "
            "modules; then looking whether the sample data and the folders are whole. Tried: to put off the parts of "
            "NumPy that SciPy takes in and never uses, as the command line does (no difference here), and to collect "
            "no garbage while modules are imported (a little less processor time in each of three rounds; kept).",
        ),
        Part(
            "releasing",
            "Release: hidden, proven and written",
            "A release of the sample data with person ids: every measure, four groupings, by quarter, year and over "
            "all time. The peer sums the same tables from the same rows with DuckDB; it hides nothing and proves "
            "nothing.",
            "The proof that hidden counts stay wide, which pushes thousands of them in linear programs; measures that "
            "are linked by their people or counts are proven together, here nearly all, so that one core works while "
            "others wait. Tried: families of measures at once on all cores, which helps where there are several; and "
            "to look for the connected pieces of the system once for all instead of one by one, which was half of the "
            "time: 27 s of processor time before, 21 after, on a busy machine, the same numbers hidden; and to make a "
            "solver of linear programs only for systems that their sums leave open, 56 of 5,149: 27.7 s before, 23.0 "
            "after, on a busier machine, the same rows to the last digit. More than half of what is left is spent "
            "within the solver, on the few large systems that link the measures.",
        ),
        Part(
            "two_servers",
            "Two server processes: fifty people on one machine",
            "Two processes share a data folder with its SQLite store, as docs/deploy.md starts them; half of the "
            "people are on each, as a proxy with sticky sessions has them (the proxy is left out: it passes bytes on). "
            "Everybody changes measure, period or reference on Disparities every two seconds, drawn anew. The peer is "
            "the same people on one process.",
            "Each process runs Python on one core, and whoever plays the people needs a part of a core as well: on two "
            "cores two processes share what is left.",
        ),
        Part(
            "call",
            "Learning call: fifty people, one picture",
            "Fifty clients of the addresses in docs/calls.md on one server: each listens, writes and votes; the "
            "facilitator moves through five pictures and their stages. A whole call is ten minutes with 1,500 "
            "contributions and 3,000 votes; a shorter one has fewer in proportion. "
            "The peer is the same page asked for anew every second. A call in which anything is refused, lost, kept "
            "twice or never heard ends with an error instead of a line.",
            "Each contribution is flushed to the disk before it is answered; one process writes each message once and "
            "hands the same bytes to every listener.",
            takes_seconds=True,
        ),
        Part(
            "hostile",
            "Under attack: people beside hostile files",
            "One session, then fifty, change a choice on Disparities every two seconds, in turns of half a minute by "
            "themselves and a minute while somebody uploads one file after the other that is made to take a server "
            "down (cells of 400 MB, the last cell of a sheet, thousands of columns, unpacked gigabytes) and looks at "
            "it. The peer is the quiet turns of the same run. An error on any page ends the measurement instead of a "
            "line.",
            "A file is read in a process of its own, which takes one core of the two while it runs.",
            takes_seconds=True,
            alone=True,
        ),
        Part(
            "work",
            "Work and network: pages with many records",
            "The sample system with a made-up team on a server of its own; hundreds of records are put beside what is "
            "there, and each page is opened anew by one person; counted is the processor time that this takes. An "
            "evidence pack is gathered, worked out from its release and written as a document.",
            "Each page reads its records in one query and draws what fits on a screen; the rest is Streamlit's part "
            "of a page.",
        ),
    )
}
