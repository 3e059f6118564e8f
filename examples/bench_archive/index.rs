//! Filling our indexes: documents are made on all processors.

use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crossbeam_channel::bounded;
use fundstelle::engine::{IndexDocument, Writer};

use crate::archive::Article;

/// Articles and documents that may wait.
const QUEUE: usize = 64;

/// Makes documents of articles.
pub(crate) trait Builder {
    fn build(&self, article: Article) -> IndexDocument;
}

/// Adds all articles; the number of bytes of their texts.
pub(crate) fn fill(
    writer: &mut dyn Writer,
    articles: impl Iterator<Item = Result<Article, Box<dyn Error + Send + Sync>>> + Send,
    threads: usize,
    builder: impl Fn() -> Box<dyn Builder> + Sync,
) -> Result<u64, Box<dyn Error>> {
    let (article_sender, article_queue) = bounded::<Article>(QUEUE);
    let (document_sender, document_queue) = bounded::<IndexDocument>(QUEUE);
    let bytes = AtomicU64::new(0);
    thread::scope(|scope| {
        let reading = scope.spawn(|| -> Result<(), Box<dyn Error + Send + Sync>> {
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
            Ok(read) => read.map_err(|error| -> Box<dyn Error> { error }),
            Err(_) => Err("reading the archive failed".into()),
        }
    })?;
    Ok(bytes.into_inner())
}
