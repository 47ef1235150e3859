//! Files that several threads read and write at places of their own: tables, and room for what does not
//! fit into memory, which is gone with the run. Understands nothing of what they hold.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use plumbrule::bulk::{Bytes, Scratch};

/// A file that several threads read at places of their own.
pub(crate) struct OnDisk {
    file: File,
}

impl OnDisk {
    pub(crate) fn open(path: &Path) -> io::Result<OnDisk> {
        let file = File::open(path)?;
        Ok(OnDisk { file })
    }

    pub(super) fn metadata(&self) -> io::Result<std::fs::Metadata> {
        self.file.metadata()
    }
}

impl Bytes for OnDisk {
    fn size(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    #[cfg(unix)]
    fn read_at(&self, from: u64, into: &mut [u8]) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.file, into, from)
    }

    #[cfg(windows)]
    fn read_at(&self, from: u64, into: &mut [u8]) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.file, into, from)
    }
}

/// A file of the run alone.
struct Room {
    disk: OnDisk,
    path: PathBuf,
}

/// Makes a file in a folder that nobody else sees and that is gone with the run.
pub(super) fn room(folder: &Path) -> io::Result<Box<dyn Scratch>> {
    static MADE: AtomicU64 = AtomicU64::new(0);
    let n = MADE.fetch_add(1, Ordering::Relaxed);
    let path = folder.join(format!(".plumbrule.{}.{n}.rows", std::process::id()));
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path)?;
    // Where the system lets go of its name at once, nothing of it is left however the run ends.
    #[cfg(unix)]
    std::fs::remove_file(&path)?;
    let disk = OnDisk { file };
    Ok(Box::new(Room { disk, path }))
}

impl Drop for Room {
    fn drop(&mut self) {
        // What is open cannot be removed everywhere; the system clears what is left of such folders.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Bytes for Room {
    fn size(&self) -> io::Result<u64> {
        self.disk.size()
    }

    fn read_at(&self, from: u64, into: &mut [u8]) -> io::Result<usize> {
        self.disk.read_at(from, into)
    }
}

impl Scratch for Room {
    #[cfg(unix)]
    fn write_at(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::write_all_at(&self.disk.file, bytes, at)
    }

    #[cfg(windows)]
    fn write_at(&self, mut at: u64, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let n = std::os::windows::fs::FileExt::seek_write(&self.disk.file, bytes, at)?;
            if n == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
            bytes = bytes.get(n..).unwrap_or_default();
            at += n as u64;
        }
        Ok(())
    }
}
