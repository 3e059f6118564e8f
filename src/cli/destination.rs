//! Results that go to a file or to stdout.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::NamedTempFile;

/// Where results go. A file gets its name when all of it is written: a run that fails leaves what
/// was there before.
pub(super) enum Destination {
    Stdout(BufWriter<io::Stdout>),
    File(BufWriter<NamedTempFile>, PathBuf),
}

impl Destination {
    /// The file at `path`, or stdout.
    pub(super) fn open(path: Option<&Path>) -> anyhow::Result<Destination> {
        let Some(path) = path else {
            return Ok(Destination::Stdout(BufWriter::new(io::stdout())));
        };
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        // As any other file, and not for its owner only.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = (builder.prefix(".fundstelle-").tempfile_in(folder))
            .with_context(|| format!("{}: cannot write in this folder", folder.display()))?;
        Ok(Destination::File(BufWriter::new(file), path.to_owned()))
    }

    /// Ends writing.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        match self {
            Destination::Stdout(mut out) => out.flush()?,
            Destination::File(out, path) => {
                let name = path.display();
                let file = (out.into_inner().map_err(io::IntoInnerError::into_error))
                    .with_context(|| format!("{name}: cannot be written"))?;
                file.as_file().sync_all()?;
                (file.persist(&path)).with_context(|| format!("{name}: cannot be written"))?;
            }
        }
        Ok(())
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Destination::Stdout(out) => out.write(bytes),
            Destination::File(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Destination::Stdout(out) => out.flush(),
            Destination::File(out, _) => out.flush(),
        }
    }
}
