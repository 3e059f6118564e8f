//! Finding the files below the paths that were given.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{Skipped, SourceFile};

/// All files below `paths`, folder by folder in the order of their names; hidden files and
/// folders are passed over, loops of links are reported, not followed.
pub fn walk(paths: &[PathBuf]) -> impl Iterator<Item = Result<SourceFile, Skipped>> + use<> {
    let paths = paths.to_vec();
    paths.into_iter().flat_map(|root| {
        let entries = WalkDir::new(&root)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
        entries.filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) if !entry.file_type().is_file() => Some(Err(Skipped {
                path: entry.path().display().to_string(),
                line: None,
                reason: "neither a file nor a folder, passed over".into(),
            })),
            Ok(entry) => Some(Ok(SourceFile {
                key: key(&root, entry.path()),
                path: entry.into_path(),
            })),
            Err(error) => Some(Err(skipped(&error, &root))),
        })
    })
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// The path below `root`, or the file's name if it is `root` itself.
fn key(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let below = if below.as_os_str().is_empty() {
        Path::new(path.file_name().unwrap_or(path.as_os_str()))
    } else {
        below
    };
    let parts: Vec<_> = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

fn skipped(error: &walkdir::Error, root: &Path) -> Skipped {
    use std::io::ErrorKind;
    let path = error.path().unwrap_or(root);
    let reason = match error.io_error().map(std::io::Error::kind) {
        Some(ErrorKind::NotFound) => "no such file or folder, check the path".to_owned(),
        Some(ErrorKind::PermissionDenied) => {
            "no permission to read, grant it or leave the path out".to_owned()
        }
        _ if error.loop_ancestor().is_some() => {
            "a link to a folder that contains it, not followed".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    };
    Skipped {
        path: path.display().to_string(),
        line: None,
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn files_come_sorted_with_keys_below_the_given_path() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("b/c")).unwrap();
        fs::create_dir_all(dir.path().join(".git")).unwrap();
        for name in ["b/c/2.txt", "b/1.txt", "a.txt", ".hidden", ".git/x"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let keys: Vec<String> = walk(&[dir.path().to_path_buf(), dir.path().join("b/1.txt")])
            .map(|file| file.unwrap().key)
            .collect();
        assert_eq!(keys, ["a.txt", "b/1.txt", "b/c/2.txt", "1.txt"]);
    }

    #[test]
    fn a_missing_path_is_named_and_the_rest_goes_on() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), "x").unwrap();
        let found: Vec<_> = walk(&["/no/such/path".into(), dir.path().to_path_buf()]).collect();
        assert_eq!(
            found[0].as_ref().unwrap_err().to_string(),
            "/no/such/path: no such file or folder, check the path"
        );
        assert_eq!(found[1].as_ref().unwrap().key, "a.txt");
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_ends() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
        let found: Vec<_> = walk(&[dir.path().to_path_buf()]).collect();
        assert_eq!(found.len(), 1);
        assert!(
            found[0]
                .as_ref()
                .unwrap_err()
                .reason
                .contains("a link to a folder")
        );
    }
}
