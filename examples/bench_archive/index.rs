//! Filling our indexes: documents are made on all processors.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use anyhow::{Result, bail};
use crossbeam_channel::bounded;
use fundstelle::engine::embedded::{Embedded, WriterOptions};
use fundstelle::engine::{IndexDocument, Writer};
use fundstelle::schema::Schema;

use crate::archive::Article;

/// Articles and documents that may wait.
const QUEUE: usize = 64;

/// Makes documents of articles.
pub(crate) trait Builder {
    fn build(&self, article: Article) -> IndexDocument;
}

/// Where an index is built, and with what.
pub(crate) struct Place<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) threads: usize,
    /// Bytes.
    pub(crate) memory: usize,
}

/// Makes an index of all articles; the number of bytes of their texts.
pub(crate) fn fill(
    place: &Place<'_>,
    schema: &Schema,
    articles: impl Iterator<Item = Result<Article>> + Send,
    builder: impl Fn() -> Box<dyn Builder> + Sync,
) -> Result<u64> {
    let engine = Embedded::open_or_create(place.folder, schema)?;
    let mut writer: Box<dyn Writer> = Box::new(engine.writer(WriterOptions {
        memory_bytes: place.memory,
        threads: place.threads,
    })?);
    let bytes = add(writer.as_mut(), articles, place.threads, builder)?;
    writer.commit()?;
    writer.close()?;
    Ok(bytes)
}

/// Adds all articles; the number of bytes of their texts.
fn add(
    writer: &mut dyn Writer,
    articles: impl Iterator<Item = Result<Article>> + Send,
    threads: usize,
    builder: impl Fn() -> Box<dyn Builder> + Sync,
) -> Result<u64> {
    let (article_sender, article_queue) = bounded::<Article>(QUEUE);
    let (document_sender, document_queue) = bounded::<IndexDocument>(QUEUE);
    let bytes = AtomicU64::new(0);
    thread::scope(|scope| {
        let reading = scope.spawn(|| -> Result<()> {
            for article in articles {
                let article = article?;
                bytes.fetch_add(article.text().len() as u64, Ordering::Relaxed);
                if article_sender.send(article).is_err() {
                    break;
                }
            }
            drop(article_sender);
            Ok(())
        });
        for _ in 0..threads.max(1) {
            let (articles, documents) = (article_queue.clone(), document_sender.clone());
            let builder = &builder;
            scope.spawn(move || {
                let builder = builder();
                for article in articles {
                    if documents.send(builder.build(article)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(document_sender);
        for document in document_queue {
            writer.add(document)?;
        }
        match reading.join() {
            Ok(read) => read,
            Err(_) => bail!("reading the archive failed"),
        }
    })?;
    Ok(bytes.into_inner())
}
