//! Zip packages: the format by the files inside, and protection against zip bombs.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ReadError;
use super::format::FileFormat;

/// The maximum unpacked size of a package, in bytes, and the maximum number of files in it.
const MAX_UNPACKED: u64 = 128 << 20;
const MAX_FILES: usize = 10_000;

/// Returns the format of a package by the files in it. Every file is unpacked once to nowhere, because
/// the sizes in the directory may be wrong.
pub(super) fn format(bytes: &[u8]) -> Result<FileFormat, ReadError> {
    let mut archive = open(bytes)?;
    if archive.len() > MAX_FILES {
        return Err(ReadError::TooLarge { limit: (MAX_UNPACKED >> 20) as usize });
    }
    let mut unpacked = 0;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|error| fault(&error))?;
        let left = MAX_UNPACKED - unpacked;
        let size = io::copy(&mut file.take(left + 1), &mut io::sink())
            .map_err(|error| ReadError::broken("zip", &error))?;
        if size > left {
            return Err(ReadError::TooLarge { limit: (MAX_UNPACKED >> 20) as usize });
        }
        unpacked += size;
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    match () {
        () if has("word/document.xml") => Ok(FileFormat::Docx),
        () if has("xl/workbook.xml") => Ok(FileFormat::Xlsx),
        () if has("xl/workbook.bin") => Err(ReadError::Unsupported { format: "XLSB" }),
        () if has("content.xml") && has("mimetype") => match part(bytes, "mimetype")?.as_slice() {
            b"application/vnd.oasis.opendocument.spreadsheet" => Ok(FileFormat::Ods),
            _ => Err(ReadError::Unsupported { format: "OpenDocument text" }),
        },
        () if has("EncryptedPackage") => Err(ReadError::Locked),
        () => Err(ReadError::Unsupported { format: "zip" }),
    }
}

/// Returns a file of a package that [`format`] has checked.
pub(super) fn part(bytes: &[u8], name: &str) -> Result<Vec<u8>, ReadError> {
    let mut archive = open(bytes)?;
    let file = archive.by_name(name).map_err(|error| fault(&error))?;
    let mut content = Vec::new();
    file.take(MAX_UNPACKED).read_to_end(&mut content).map_err(|error| ReadError::broken("zip", &error))?;
    Ok(content)
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, ReadError> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))
}

fn fault(error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Locked,
        other => ReadError::broken("zip", other),
    }
}

/// Creates a package for tests.
#[cfg(test)]
pub(super) fn pack(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    use zip::write::SimpleFileOptions;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_known_by_their_files() {
        assert_eq!(format(&pack(&[("word/document.xml", b"<a/>")])), Ok(FileFormat::Docx));
        assert_eq!(format(&pack(&[("xl/workbook.xml", b"<a/>")])), Ok(FileFormat::Xlsx));
        let ods = b"application/vnd.oasis.opendocument.spreadsheet";
        assert_eq!(format(&pack(&[("mimetype", ods), ("content.xml", b"<a/>")])), Ok(FileFormat::Ods));
        assert!(matches!(format(&pack(&[("readme.txt", b"a")])), Err(ReadError::Unsupported { .. })));
        assert!(matches!(format(b"PK\x03\x04garbage"), Err(ReadError::Broken { .. })));
    }

    #[test]
    fn a_bomb_is_not_unpacked_into_memory() {
        let bomb = pack(&[("xl/workbook.xml", &vec![0u8; (MAX_UNPACKED + 1) as usize])]);
        assert!(bomb.len() < 1 << 20);
        assert!(matches!(format(&bomb), Err(ReadError::TooLarge { .. })));
    }

    #[test]
    fn a_truncated_package_is_broken() {
        let mut package = pack(&[("xl/workbook.xml", b"<a/>")]);
        package.truncate(package.len() / 2);
        assert!(matches!(format(&package), Err(ReadError::Broken { .. })));
    }
}
