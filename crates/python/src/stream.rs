//! Annotates the records of a Python iterator on several threads and returns the results in order.

use crate::analysis::{self, Record};
use crate::record;
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Records that wait or are being annotated, for each thread. Enough to keep every thread busy while one text is long.
const RECORDS_PER_THREAD: usize = 16;
/// Maximum number of bytes of text that wait or are being annotated, unless a single text is longer.
const MAX_WAITING_BYTES: usize = 64 << 20;

/// Line of JSON, or the reason why there is none.
type Outcome = Result<String, String>;

/// Record with its number (from 1) and the channel that takes its result.
struct Job {
    record: Record,
    number: usize,
    result: SyncSender<Outcome>,
}

/// Result to come, and the bytes of the text that it is made from.
struct Waiting {
    result: Receiver<Outcome>,
    bytes: usize,
}

/// Iterator over the results of an iterator of records. Python's lock is held only while the next records are taken,
/// so that other Python threads run meanwhile.
#[pyclass]
pub(crate) struct Stream {
    source: Py<PyIterator>,
    /// Queue that the threads take records from. They end when it is dropped.
    jobs: Option<SyncSender<Job>>,
    /// Locked only because Python requires it of what its threads share; every access is exclusive.
    waiting: Mutex<VecDeque<Waiting>>,
    /// Maximum length of `waiting`.
    most: usize,
    /// Sum of the bytes in `waiting`.
    bytes: usize,
    /// Number of records taken so far.
    taken: usize,
    /// Exception of the source, raised after the results of the records before it.
    failure: Option<PyErr>,
}

#[pymethods]
impl Stream {
    /// Starts `threads` threads (at least one) that annotate the records of `source`.
    #[new]
    fn new(source: &Bound<'_, PyAny>, threads: usize) -> PyResult<Self> {
        let most = threads.max(1) * RECORDS_PER_THREAD;
        let (jobs, queue) = sync_channel::<Job>(most);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..threads.max(1) {
            let queue = Arc::clone(&queue);
            thread::Builder::new().name("dateline".to_owned()).spawn(move || work(&queue))?;
        }
        let source = source.try_iter()?.unbind();
        Ok(Self { source, jobs: Some(jobs), waiting: Mutex::default(), most, bytes: 0, taken: 0, failure: None })
    }

    /// Returns the stream itself.
    fn __iter__(stream: PyRef<'_, Self>) -> PyRef<'_, Self> {
        stream
    }

    /// Returns the next result: `True` and a line of JSON, or `False` and the reason why there is none.
    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<(bool, String)>> {
        self.take_records(py);
        let Some(Waiting { result, bytes }) = self.waiting().pop_front() else {
            return self.failure.take().map_or(Ok(None), Err);
        };
        self.bytes -= bytes;
        let outcome = py.detach(move || result.recv());
        Ok(Some(match outcome {
            Ok(Ok(line)) => (true, line),
            Ok(Err(reason)) => (false, reason),
            Err(_) => (false, "the analysis was interrupted".to_owned()),
        }))
    }
}

impl Stream {
    /// Returns the results to come, in the order of their records.
    fn waiting(&mut self) -> &mut VecDeque<Waiting> {
        self.waiting.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes records from the source until the queue is full or the source ends.
    fn take_records(&mut self, py: Python<'_>) {
        while self.waiting().len() < self.most && self.bytes < MAX_WAITING_BYTES {
            if self.jobs.is_none() {
                return;
            }
            let item = match self.source.bind(py).clone().next() {
                Some(Ok(item)) => item,
                ended => {
                    self.failure = ended.and_then(Result::err);
                    self.jobs = None;
                    return;
                }
            };
            self.taken += 1;
            let (result, receiver) = sync_channel(1);
            let mut bytes = 0;
            match record::from_tuple(&item) {
                Ok(record) => {
                    bytes = record.text.len();
                    let job = Job { record, number: self.taken, result };
                    // The queue has room for all that wait, so this neither blocks nor fails while a thread lives.
                    if let Some(jobs) = &self.jobs {
                        drop(jobs.send(job));
                    }
                }
                // The channel has room for its result.
                Err(reason) => drop(result.send(Err(reason))),
            }
            self.bytes += bytes;
            self.waiting().push_back(Waiting { result: receiver, bytes });
        }
    }
}

/// Annotates records from the queue until it is closed.
fn work(queue: &Mutex<Receiver<Job>>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { record, number, result }) = job else { return };
        // The result of a stream that was dropped is not needed.
        let _ = result.send(analysis::line(&record, number));
    }
}
