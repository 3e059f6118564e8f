//! Files of our own in each segment, beside those of tantivy.
//!
//! tantivy calls a plugin for each segment that is written or merged. What all of ours have in
//! common stands here, so that a component only says what it gathers of a document and how files
//! are made of it.

use std::any::Any;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::ops::Range;
use std::path::Path;

use tantivy::directory::{FileSlice, OwnedBytes, TerminatingWrite, WritePtr};
use tantivy::index::SegmentComponent;
use tantivy::indexer::doc_id_mapping::{DocIdMapping, MappingType};
use tantivy::schema::Schema;
use tantivy::schema::document::ErasedDocument;
use tantivy::{
    DocId, PluginMergeContext, PluginWriter, PluginWriterContext, Segment, SegmentPlugin,
    SegmentReader, TantivyError,
};

use super::directory::READ;
use super::entry::Entry;

/// Files that each segment has.
pub(super) trait Component: Send + Sync + 'static {
    /// What is gathered while documents are added.
    type Gathered: Gathered;

    /// Extensions of the files.
    fn extensions(&self) -> &[&str];

    /// Begins a segment.
    fn begin(&self, target: &Segment) -> tantivy::Result<Self::Gathered>;

    /// Makes the files of a segment that holds the documents of `readers` that are not deleted, one
    /// after the other.
    fn merge(&self, readers: &[SegmentReader], target: &Segment) -> tantivy::Result<()>;
}

/// What a component knows of the documents of a segment that is not on disk yet.
pub(super) trait Gathered: Send + 'static {
    /// Takes in the next document.
    fn add(&mut self, document: DocId, entry: &Entry) -> tantivy::Result<()>;

    /// Memory in use, in bytes, roughly.
    fn memory(&self) -> usize;

    /// Makes the files. Components write in the order in which the layout names them.
    fn write(self, target: &Segment) -> tantivy::Result<()>;
}

/// A file that is made of files that were written before it, be the segment fresh or merged:
/// nothing is gathered for it.
pub(super) trait Derive: Clone + Send + Sync + 'static {
    /// Extension of the file.
    const EXTENSION: &'static str;

    /// Makes the file.
    fn write(&self, target: &Segment) -> tantivy::Result<()>;
}

/// A derived file as a component.
#[derive(Clone)]
pub(super) struct Derived<D>(pub(super) D);

impl<D: Derive> Component for Derived<D> {
    type Gathered = Derived<D>;

    fn extensions(&self) -> &[&str] {
        &[D::EXTENSION]
    }

    fn begin(&self, _: &Segment) -> tantivy::Result<Derived<D>> {
        Ok(self.clone())
    }

    fn merge(&self, _: &[SegmentReader], target: &Segment) -> tantivy::Result<()> {
        self.0.write(target)
    }
}

impl<D: Derive> Gathered for Derived<D> {
    fn add(&mut self, _: DocId, _: &Entry) -> tantivy::Result<()> {
        Ok(())
    }

    fn memory(&self) -> usize {
        0
    }

    fn write(self, target: &Segment) -> tantivy::Result<()> {
        self.0.write(target)
    }
}

/// A component as tantivy sees it.
pub(super) struct Plugin<C>(pub(super) C);

impl<C: Component> SegmentPlugin for Plugin<C> {
    fn extensions(&self) -> &[&str] {
        self.0.extensions()
    }

    fn create_writer(&self, new: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(PluginGathered(self.0.begin(new.segment)?)))
    }

    fn merge(&self, context: PluginMergeContext) -> tantivy::Result<()> {
        // Segments are never sorted: hits are ranked while they are counted, all of them, so an
        // order of the documents on disk would save nothing. Hence merging only appends.
        if context.doc_id_mapping.mapping_type() == MappingType::Shuffled {
            let message = "segments cannot be merged in another order";
            return Err(TantivyError::InternalError(message.to_owned()));
        }
        self.0.merge(context.readers, context.target_segment)
    }
}

struct PluginGathered<G>(G);

impl<G: Gathered> PluginWriter for PluginGathered<G> {
    fn add_document(
        &mut self,
        document: DocId,
        erased: &dyn ErasedDocument,
        _: &Schema,
    ) -> tantivy::Result<()> {
        let entry = erased.as_any().downcast_ref::<Entry>();
        let foreign = || TantivyError::InternalError("a document of another kind".to_owned());
        self.0.add(document, entry.ok_or_else(foreign)?)
    }

    fn serialize(
        self: Box<Self>,
        segment: &Segment,
        mapping: Option<&DocIdMapping>,
    ) -> tantivy::Result<()> {
        debug_assert!(mapping.is_none(), "segments are not sorted");
        self.0.write(segment)
    }

    fn mem_usage(&self) -> usize {
        self.0.memory()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// Where files of a segment are read from: one that is being written, or one that is open.
pub(super) trait Files {
    /// The file with an extension.
    fn file(&self, extension: &str) -> tantivy::Result<FileSlice>;

    /// The same file, which is not mapped: what is asked for of it is read.
    fn unmapped(&self, extension: &str) -> tantivy::Result<FileSlice> {
        self.file(&format!("{extension}.{READ}"))
    }

    /// Its bytes, mapped.
    fn bytes(&self, extension: &str) -> tantivy::Result<OwnedBytes> {
        Ok(self.file(extension)?.read_bytes()?)
    }
}

impl Files for Segment {
    fn file(&self, extension: &str) -> tantivy::Result<FileSlice> {
        Ok(self.open_read(SegmentComponent::Custom(extension.to_owned()))?)
    }
}

impl Files for SegmentReader {
    fn file(&self, extension: &str) -> tantivy::Result<FileSlice> {
        Ok(self.open_read(SegmentComponent::Custom(extension.to_owned()))?)
    }
}

/// A file of a segment that is read from its beginning to its end, as merging does: what is read so
/// does not stay in memory as mapped files do.
pub(super) struct Unmapped {
    file: BufReader<File>,
    at: u64,
    len: u64,
}

impl Unmapped {
    pub(super) fn open(
        folder: &Path,
        segment: &SegmentReader,
        extension: &str,
    ) -> io::Result<Unmapped> {
        let name = format!("{}.{extension}", segment.segment_id().uuid_string());
        let file = File::open(folder.join(name))?;
        let len = file.metadata()?.len();
        let file = BufReader::with_capacity(1 << 20, file);
        Ok(Unmapped { file, at: 0, len })
    }

    /// Reads the bytes of a range; ranges ascend.
    pub(super) fn read(&mut self, range: Range<usize>, bytes: &mut Vec<u8>) -> io::Result<()> {
        let skipped = (range.start as u64).checked_sub(self.at);
        let skipped = skipped.and_then(|it| i64::try_from(it).ok());
        let skipped = skipped.filter(|_| range.start <= range.end && range.end as u64 <= self.len);
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "a damaged segment");
        self.file.seek_relative(skipped.ok_or_else(damaged)?)?;
        bytes.resize(range.len(), 0);
        self.file.read_exact(bytes)?;
        self.at = range.end as u64;
        Ok(())
    }
}

/// A file that is being written; without [`NewFile::finish`] it is not whole.
pub(super) struct NewFile(BufWriter<WritePtr>);

impl NewFile {
    pub(super) fn create(segment: &Segment, extension: &str) -> tantivy::Result<NewFile> {
        let file = segment.open_write(SegmentComponent::Custom(extension.to_owned()))?;
        Ok(NewFile(BufWriter::new(file)))
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.0.flush()?;
        let file = self.0.into_inner().map_err(|error| error.into_error())?;
        file.terminate()
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
