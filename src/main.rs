//! Arguments, log, window. Everything else lives in the library.

use std::path::PathBuf;
use std::process::ExitCode;

use muqabala::reuse::Grades;
use muqabala::text::escaped;
use muqabala::{app, fault, report};

const HELP: &str = "\
Muqabala shows which articles of a folder share passages, and what was kept and changed.

Usage
  muqabala [FOLDER]          opens the window, with a folder if one is given
  muqabala report FOLDER     prints what the window shows

Options of report
  --json FILE    writes one JSON object to FILE, or to standard output for -
  --only-pairs   leaves out the articles that share nothing
  --threads N    works on N threads (as many as there are cores, and no more than four for each)
  --no-cache     reads every file anew and keeps nothing
  --apart LIST   counts as different words what otherwise counts as the same, names of grades with commas
                 between them: hamza, ya, ta-marbuta, diacritics, letters, digits, prefixes, suffixes,
                 names, numbers, months

  --help         shows this
  --version      shows the version
";

const THREADS_PER_CORE: usize = 4;

enum Call {
    Window {
        folder: Option<PathBuf>,
    },
    Report {
        options: report::Options,
        threads: Option<usize>,
    },
    Print(String),
}

fn main() -> ExitCode {
    start_log();
    fault::log_contained();
    let result = match arguments(lexopt::Parser::from_env()) {
        Ok(Call::Print(text)) => {
            say(std::io::stdout(), &text);
            return ExitCode::SUCCESS;
        }
        Ok(Call::Report { options, threads }) => {
            set_threads(threads);
            report::run(&options).map_err(anyhow::Error::from)
        }
        Ok(Call::Window { folder }) => app::run(folder),
        Err(error) => {
            say(
                std::io::stderr(),
                &format!("{error}. See muqabala --help.\n"),
            );
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Each message says its cause itself.
            let message = error.to_string();
            say(std::io::stderr(), &format!("{}\n", escaped(&message)));
            ExitCode::FAILURE
        }
    }
}

fn arguments(mut parser: lexopt::Parser) -> Result<Call, lexopt::Error> {
    use lexopt::prelude::*;

    let mut reporting = false;
    let mut folder = None;
    let (mut json, mut only_pairs, mut threads, mut cache) = (None, false, None, true);
    let mut grades = Grades::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Call::Print(HELP.to_owned())),
            Short('V') | Long("version") => {
                return Ok(Call::Print(format!(
                    "muqabala {}\n",
                    env!("CARGO_PKG_VERSION")
                )));
            }
            Long("json") if reporting => {
                let target: PathBuf = parser.value()?.into();
                json = Some(match target.to_str() {
                    Some("-") => report::Target::Stdout,
                    _ => report::Target::File(target),
                });
            }
            Long("only-pairs") if reporting => only_pairs = true,
            Long("no-cache") if reporting => cache = false,
            Long("apart") if reporting => {
                let list: String = parser.value()?.parse()?;
                for name in list.split(',') {
                    let Some(grade) = grades.switch(name.trim()) else {
                        let known = Grades::NAMES.join(", ");
                        return Err(format!("--apart takes some of: {known}").into());
                    };
                    *grade = false;
                }
            }
            Long("threads") if reporting => {
                let count: usize = parser.value()?.parse()?;
                if count == 0 {
                    return Err("--threads takes 1 or more".into());
                }
                threads = Some(count);
            }
            Value(value) if !reporting && folder.is_none() && value == "report" => reporting = true,
            Value(value) if folder.is_none() => folder = Some(PathBuf::from(value)),
            other => return Err(other.unexpected()),
        }
    }
    if !reporting {
        return Ok(Call::Window { folder });
    }
    let Some(folder) = folder else {
        return Err("report needs a folder".into());
    };
    let options = report::Options {
        folder,
        json,
        only_pairs,
        cache,
        grades,
    };
    Ok(Call::Report { options, threads })
}

fn set_threads(threads: Option<usize>) {
    if let Some(threads) = threads {
        // Each thread has room of its own; far more of them than cores only wait for one another.
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = threads.min(THREADS_PER_CORE * cores);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|i| format!("work-{i}"));
        if let Err(error) = pool.build_global() {
            tracing::warn!("working on the default number of threads: {error}");
        }
    }
}

/// Warnings go to standard error; `MUQABALA_LOG=debug` shows more.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MUQABALA_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error,muqabala=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .without_time()
        .init();
}

/// A reader that went away (`| head`) is no error.
fn say(mut out: impl std::io::Write, text: &str) {
    let _ = out.write_all(text.as_bytes());
}
