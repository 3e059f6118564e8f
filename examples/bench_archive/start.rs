//! How long is the first answer of the program on the way, from its start to its end?

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};

use crate::archive::{Kind, Query};
use crate::measure::{self, Figures};

/// How often the program is started.
const STARTS: usize = 20;

/// Wall times of the program in microseconds; `None` where it was not built.
pub(crate) fn measure(archive: &Path, queries: &[Query]) -> Result<Option<Figures>> {
    let here = std::env::current_exe()?;
    let name = format!("fundstelle{}", std::env::consts::EXE_SUFFIX);
    let built = here.parent().and_then(Path::parent);
    let Some(program) = built.map(|it| it.join(name)).filter(|it| it.is_file()) else {
        return Ok(None);
    };
    let several: Vec<&Query> = (queries.iter())
        .filter(|query| query.kind == Kind::Or && query.filter.is_none())
        .collect();
    let mut times = Vec::new();
    // The first start warms up.
    for number in 0..=STARTS {
        let Some(query) = several.get(number % several.len().max(1)) else {
            return Ok(None);
        };
        let mut command = Command::new(&program);
        command
            .args([
                "search",
                &query.words.join(" "),
                "--any",
                "--format",
                "json",
            ])
            .arg("--index")
            .arg(archive.join("german"))
            .stdout(Stdio::null());
        let (status, _, wall) = measure::time(|| command.status());
        ensure!(status?.success(), "{} failed", program.display());
        times.extend((number > 0).then_some(wall));
    }
    Ok(Some(Figures::of(&times)))
}
