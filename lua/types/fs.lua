---@meta fs

--- Files and folders. [Node](https://nodejs.org/api/fs.html)
---
--- Every operation has three forms. The one with a callback, which is the last argument, runs on a thread; the callback
--- gets an error or nil first. Without the callback it waits: the task goes on with the results, or nil and the error
--- (close is as in Node there). The one whose name ends with Sync runs at once, gives the results back and raises the
--- error; nothing else of the program runs meanwhile.
---
--- An error says what failed on what: `ENOENT: no such file or directory, open 'x'`, with `code`, `errno`, `syscall`,
--- `path` and `dest`. Wrong arguments are raised by both forms. Data are strings of bytes, sizes bytes; paths are
--- strings without NUL, relative ones start from process.cwd(). Modes are numbers or octal digits: Lua has no octal
--- numbers. A descriptor is a number. What is opened is to be closed.
---@class fs
---@field constants fs.constants
---@field F_OK integer the same as in constants
---@field R_OK integer
---@field W_OK integer
---@field X_OK integer
---@field ReadStream fs.ReadStreamClass
---@field WriteStream fs.WriteStreamClass
---@field Stats table the methods of all Stats; what is added here, each has
---@field Dirent table the methods of all Dirents
local fs = {}

--- Numbers for open(), access(), copyFile() and for the mode of Stats, as the system has them.
---@class fs.constants: table<string, integer>
---@field F_OK integer it is there
---@field R_OK integer it may be read
---@field W_OK integer it may be written
---@field X_OK integer it may be run, or a folder entered
---@field O_RDONLY integer
---@field O_WRONLY integer
---@field O_RDWR integer
---@field O_CREAT integer make it if it is not there
---@field O_EXCL integer fail if it is there
---@field O_NOCTTY integer
---@field O_TRUNC integer
---@field O_APPEND integer
---@field O_DIRECTORY integer fail unless it is a folder
---@field O_NOATIME integer
---@field O_NOFOLLOW integer fail if it is a symbolic link
---@field O_SYNC integer
---@field O_DSYNC integer
---@field O_DIRECT integer
---@field O_NONBLOCK integer
---@field S_IFMT integer the bits of a mode that say what it is; the following are its values
---@field S_IFREG integer
---@field S_IFDIR integer
---@field S_IFCHR integer
---@field S_IFBLK integer
---@field S_IFIFO integer
---@field S_IFLNK integer
---@field S_IFSOCK integer
---@field S_IRWXU integer
---@field S_IRUSR integer
---@field S_IWUSR integer
---@field S_IXUSR integer
---@field S_IRWXG integer
---@field S_IRGRP integer
---@field S_IWGRP integer
---@field S_IXGRP integer
---@field S_IRWXO integer
---@field S_IROTH integer
---@field S_IWOTH integer
---@field S_IXOTH integer
---@field COPYFILE_EXCL integer fail when the destination is there
---@field COPYFILE_FICLONE integer share blocks if the file system can
---@field COPYFILE_FICLONE_FORCE integer share blocks or fail

-- -- what is given back -----------------------------------------------------------------------------------------------

--- What the system knows of a file: a table. [Node](https://nodejs.org/api/fs.html#class-fsstats)
---@class Stats
---@field dev integer the device that it is on
---@field ino integer
---@field mode integer what it is, and who may do what: `stats.mode & 511` is what chmod() sets
---@field nlink integer names that it has
---@field uid integer
---@field gid integer
---@field rdev integer of a device
---@field size integer bytes
---@field blksize integer bytes
---@field blocks integer of 512 bytes
---@field atime integer last used: whole seconds, as os.time() and os.date() have them (Node: a Date)
---@field mtime integer last written
---@field ctime integer last changed, its mode for example
---@field birthtime integer made
---@field atimeMs number the same in ms, with a fraction
---@field mtimeMs number
---@field ctimeMs number
---@field birthtimeMs number
local Stats = {}

--- Whether it is a regular file.
---@return boolean
function Stats:isFile() end

--- Whether it is a folder.
---@return boolean
function Stats:isDirectory() end

--- Whether it is a symbolic link; only lstat() tells.
---@return boolean
function Stats:isSymbolicLink() end

--- Whether it is a pipe with a name.
---@return boolean
function Stats:isFIFO() end

--- Whether it is a Unix socket.
---@return boolean
function Stats:isSocket() end

--- Whether it is a device of characters, as terminals are.
---@return boolean
function Stats:isCharacterDevice() end

--- Whether it is a device of blocks, as disks are.
---@return boolean
function Stats:isBlockDevice() end

--- An entry of a folder, of readdir() with withFileTypes: a table.
--- [Node](https://nodejs.org/api/fs.html#class-fsdirent)
---@class Dirent
---@field name string
---@field path string of the folder
---@field parentPath string the same
---@field type "file"|"directory"|"link"|"fifo"|"socket"|"char"|"block"|"unknown" not in Node
local Dirent = {}

--- Whether it is a regular file.
---@return boolean
function Dirent:isFile() end

--- Whether it is a folder.
---@return boolean
function Dirent:isDirectory() end

--- Whether it is a symbolic link.
---@return boolean
function Dirent:isSymbolicLink() end

--- Whether it is a pipe with a name.
---@return boolean
function Dirent:isFIFO() end

--- Whether it is a Unix socket.
---@return boolean
function Dirent:isSocket() end

--- Whether it is a device of characters, as terminals are.
---@return boolean
function Dirent:isCharacterDevice() end

--- Whether it is a device of blocks, as disks are.
---@return boolean
function Dirent:isBlockDevice() end

-- -- options ----------------------------------------------------------------------------------------------------------

---@class fs.EncodingOptions
---@field encoding? net.Encoding of the result (bytes as they are)

---@class fs.ReadFileOptions
---@field encoding? net.Encoding what the bytes are decoded from (none: bytes as they are)
---@field flag? string|integer as open() has it ("r")
---@field signal? AbortSignal the callback gets an AbortError; a system call that has begun is not stopped by it

---@class fs.WriteFileOptions
---@field encoding? net.Encoding of data ("utf8": bytes as they are)
---@field mode? integer|string of a new file, less the umask (438, which is octal 666)
---@field flag? string|integer as open() has it
---@field flush? boolean fsync() before it is closed (false)
---@field signal? AbortSignal the callback gets an AbortError; a system call that has begun is not stopped by it

---@class fs.ReadOptions
---@field length? integer bytes at most (16384)
---@field position? integer where in the file (nil: where the last read ended)

---@class fs.ReaddirOptions
---@field encoding? net.Encoding of the names (bytes as they are)
---@field withFileTypes? boolean Dirents instead of names (false)
---@field recursive? boolean what is in the folders below, too, as "folder/name"; no link is followed (false)

---@class fs.MkdirOptions
---@field recursive? boolean the folders above it, too (false)
---@field mode? integer|string less the umask (511, which is octal 777)

---@class fs.RmOptions
---@field recursive? boolean a folder with all that is in it (false)
---@field force? boolean what is not there is no error (false)
---@field maxRetries? integer after EBUSY, EMFILE, ENFILE, ENOTEMPTY, EPERM (0)
---@field retryDelay? integer ms before the first of them; the n-th waits n times as long (100)

---@class fs.StatOptions
---@field throwIfNoEntry? boolean false: nil for what is not there (true)

---@alias fs.Written fun(err?: Error, written: integer, data: string)

-- -- operations -------------------------------------------------------------------------------------------------------

--- Fails unless a file is there and may be used. Opening it and looking at the error is better than asking first.
--- Errors: ENOENT, EACCES.
--- [Node](https://nodejs.org/api/fs.html#fsaccesspath-mode-callback)
---@param path string
---@param mode? integer fs.constants.F_OK (the default), or of R_OK, W_OK, X_OK those wanted, by |
---@param callback fun(err?: Error)
---@overload fun(path: string, callback: fun(err?: Error))
function fs.access(path, mode, callback) end

--- access() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsaccesssyncpath-mode)
---@param path string
---@param mode? integer fs.constants.F_OK (the default), or of R_OK, W_OK, X_OK those wanted, by |
function fs.accessSync(path, mode) end

--- Writes data behind what the file has; makes it if there is none.
--- [Node](https://nodejs.org/api/fs.html#fsappendfilepath-data-options-callback)
---@param file string|integer or a descriptor, which stays open
---@param data string
---@param options? fs.WriteFileOptions|net.Encoding default flag: "a"
---@param callback fun(err?: Error)
---@overload fun(file: string|integer, data: string, callback: fun(err?: Error))
function fs.appendFile(file, data, options, callback) end

--- appendFile() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsappendfilesyncpath-data-options)
---@param file string|integer or a descriptor, which stays open
---@param data string
---@param options? fs.WriteFileOptions|net.Encoding default flag: "a"
function fs.appendFileSync(file, data, options) end

--- Changes who may do what with a file.
--- [Node](https://nodejs.org/api/fs.html#fschmodpath-mode-callback)
---@param path string
---@param mode integer|string bits, or octal digits: 420 or "644"
---@param callback fun(err?: Error)
function fs.chmod(path, mode, callback) end

--- chmod() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fschmodsyncpath-mode)
---@param path string
---@param mode integer|string bits, or octal digits: 420 or "644"
function fs.chmodSync(path, mode) end

--- Changes whose file it is.
--- [Node](https://nodejs.org/api/fs.html#fschownpath-uid-gid-callback)
---@param path string
---@param uid integer -1: as it is
---@param gid integer -1: as it is
---@param callback fun(err?: Error)
function fs.chown(path, uid, gid, callback) end

--- chown() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fschownsyncpath-uid-gid)
---@param path string
---@param uid integer -1: as it is
---@param gid integer -1: as it is
function fs.chownSync(path, uid, gid) end

--- Gives a descriptor back.
--- [Node](https://nodejs.org/api/fs.html#fsclosefd-callback)
---@param fd integer
---@param callback? fun(err?: Error) without it an error is raised in the loop
function fs.close(fd, callback) end

--- close() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsclosesyncfd)
---@param fd integer
function fs.closeSync(fd) end

--- Copies a file over another one, or to a new one.
--- [Node](https://nodejs.org/api/fs.html#fscopyfilesrc-dest-mode-callback)
---@param src string
---@param dest string
---@param mode? integer fs.constants.COPYFILE_... (0: over what is there)
---@param callback fun(err?: Error)
---@overload fun(src: string, dest: string, callback: fun(err?: Error))
function fs.copyFile(src, dest, mode, callback) end

--- copyFile() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fscopyfilesyncsrc-dest-mode)
---@param src string
---@param dest string
---@param mode? integer fs.constants.COPYFILE_... (0: over what is there)
function fs.copyFileSync(src, dest, mode) end

--- Whether a file is there.
--- [Node](https://nodejs.org/api/fs.html#fsexistspath-callback)
---@param path string
---@param callback fun(exists: boolean) the only callback that gets no error
function fs.exists(path, callback) end

--- The same at once. Never raises: what is no path is not there.
--- [Node](https://nodejs.org/api/fs.html#fsexistssyncpath)
---@param path string
---@return boolean exists
function fs.existsSync(path) end

--- chmod() of an open file.
--- [Node](https://nodejs.org/api/fs.html#fsfchmodfd-mode-callback)
---@param fd integer
---@param mode integer|string
---@param callback fun(err?: Error)
function fs.fchmod(fd, mode, callback) end

--- fchmod() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsfchmodsyncfd-mode)
---@param fd integer
---@param mode integer|string
function fs.fchmodSync(fd, mode) end

--- chown() of an open file.
--- [Node](https://nodejs.org/api/fs.html#fsfchownfd-uid-gid-callback)
---@param fd integer
---@param uid integer
---@param gid integer
---@param callback fun(err?: Error)
function fs.fchown(fd, uid, gid, callback) end

--- fchown() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsfchownsyncfd-uid-gid)
---@param fd integer
---@param uid integer
---@param gid integer
function fs.fchownSync(fd, uid, gid) end

--- Waits until what was written is on the disk, but for times and the like.
--- [Node](https://nodejs.org/api/fs.html#fsfdatasyncfd-callback)
---@param fd integer
---@param callback fun(err?: Error)
function fs.fdatasync(fd, callback) end

--- fdatasync() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsfdatasyncsyncfd)
---@param fd integer
function fs.fdatasyncSync(fd) end

--- stat() of an open file.
--- [Node](https://nodejs.org/api/fs.html#fsfstatfd-options-callback)
---@param fd integer
---@param callback fun(err?: Error, stats?: Stats)
function fs.fstat(fd, callback) end

--- fstat() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsfstatsyncfd-options)
---@param fd integer
---@return Stats stats
function fs.fstatSync(fd) end

--- Waits until what was written is on the disk.
--- [Node](https://nodejs.org/api/fs.html#fsfsyncfd-callback)
---@param fd integer
---@param callback fun(err?: Error)
function fs.fsync(fd, callback) end

--- fsync() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsfsyncsyncfd)
---@param fd integer
function fs.fsyncSync(fd) end

--- truncate() of an open file.
--- [Node](https://nodejs.org/api/fs.html#fsftruncatefd-len-callback)
---@param fd integer
---@param len? integer bytes (0)
---@param callback fun(err?: Error)
---@overload fun(fd: integer, callback: fun(err?: Error))
function fs.ftruncate(fd, len, callback) end

--- ftruncate() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsftruncatesyncfd-len)
---@param fd integer
---@param len? integer bytes (0)
function fs.ftruncateSync(fd, len) end

--- utimes() of an open file.
--- [Node](https://nodejs.org/api/fs.html#fsfutimesfd-atime-mtime-callback)
---@param fd integer
---@param atime number|string s
---@param mtime number|string s
---@param callback fun(err?: Error)
function fs.futimes(fd, atime, mtime, callback) end

--- futimes() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsfutimessyncfd-atime-mtime)
---@param fd integer
---@param atime number|string s
---@param mtime number|string s
function fs.futimesSync(fd, atime, mtime) end

--- chown() of a symbolic link itself.
--- [Node](https://nodejs.org/api/fs.html#fslchownpath-uid-gid-callback)
---@param path string
---@param uid integer
---@param gid integer
---@param callback fun(err?: Error)
function fs.lchown(path, uid, gid, callback) end

--- lchown() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fslchownsyncpath-uid-gid)
---@param path string
---@param uid integer
---@param gid integer
function fs.lchownSync(path, uid, gid) end

--- Gives a file one more name.
--- [Node](https://nodejs.org/api/fs.html#fslinkexistingpath-newpath-callback)
---@param existingPath string
---@param newPath string
---@param callback fun(err?: Error)
function fs.link(existingPath, newPath, callback) end

--- link() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fslinksyncexistingpath-newpath)
---@param existingPath string
---@param newPath string
function fs.linkSync(existingPath, newPath) end

--- stat() of a symbolic link itself.
--- [Node](https://nodejs.org/api/fs.html#fslstatpath-options-callback)
---@param path string
---@param callback fun(err?: Error, stats?: Stats)
function fs.lstat(path, callback) end

--- lstat() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fslstatsyncpath-options)
---@param path string
---@param options? fs.StatOptions
---@return Stats? stats
function fs.lstatSync(path, options) end

--- utimes() of a symbolic link itself.
--- [Node](https://nodejs.org/api/fs.html#fslutimespath-atime-mtime-callback)
---@param path string
---@param atime number|string s
---@param mtime number|string s
---@param callback fun(err?: Error)
function fs.lutimes(path, atime, mtime, callback) end

--- lutimes() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fslutimessyncpath-atime-mtime)
---@param path string
---@param atime number|string s
---@param mtime number|string s
function fs.lutimesSync(path, atime, mtime) end

--- Makes a folder; with recursive those above it as well, and it is no error when it is there. Errors: EEXIST,
--- ENOENT, ENOTDIR.
--- [Node](https://nodejs.org/api/fs.html#fsmkdirpath-options-callback)
---@param path string
---@param options? fs.MkdirOptions|integer|string or the mode
---@param callback fun(err?: Error, first?: string)
---@overload fun(path: string, callback: fun(err?: Error, first?: string))
function fs.mkdir(path, options, callback) end

--- mkdir() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsmkdirsyncpath-options)
---@param path string
---@param options? fs.MkdirOptions|integer|string or the mode
---@return string? first with recursive, the first folder that had to be made
function fs.mkdirSync(path, options) end

--- Makes a folder that nobody else has, for this user only.
--- [Node](https://nodejs.org/api/fs.html#fsmkdtempprefix-options-callback)
---@param prefix string a path; six characters are put behind it
---@param options? fs.EncodingOptions|net.Encoding
---@param callback fun(err?: Error, path?: string)
---@overload fun(prefix: string, callback: fun(err?: Error, path?: string))
function fs.mkdtemp(prefix, options, callback) end

--- mkdtemp() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsmkdtempsyncprefix-options)
---@param prefix string a path; six characters are put behind it
---@param options? fs.EncodingOptions|net.Encoding
---@return string path of the new folder
function fs.mkdtempSync(prefix, options) end

--- Opens a file: "r" to read, "r+" to read and write what is there, "w" to write it anew, "a" to write behind what is
--- there; "w+" and "a+" read as well. x behind the letter (not "r") fails when the file is there, s (not "w") writes
--- through to the disk. The descriptor is not passed on to other programs. Errors: ENOENT, EACCES, EISDIR, EEXIST,
--- EMFILE.
--- [Node](https://nodejs.org/api/fs.html#fsopenpath-flags-mode-callback)
---@param path string
---@param flags? string|integer a word as below, or numbers of fs.constants.O_... ("r")
---@param mode? integer|string of a new file, less the umask (438, which is octal 666)
---@param callback fun(err?: Error, fd?: integer)
---@overload fun(path: string, callback: fun(err?: Error, fd?: integer))
---@overload fun(path: string, flags: string|integer, callback: fun(err?: Error, fd?: integer))
function fs.open(path, flags, mode, callback) end

--- open() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsopensyncpath-flags-mode)
---@param path string
---@param flags? string|integer a word as below, or numbers of fs.constants.O_... ("r")
---@param mode? integer|string of a new file, less the umask (438, which is octal 666)
---@return integer fd close() it
function fs.openSync(path, flags, mode) end

--- Reads from an open file. Node fills a buffer that it is given, and counts; here the bytes are the result.
--- [Node](https://nodejs.org/api/fs.html#fsreadfd-buffer-offset-length-position-callback)
---@param fd integer
---@param length? integer|fs.ReadOptions bytes at most (16384)
---@param position? integer where in the file (nil: where the last read ended)
---@param callback fun(err?: Error, data?: string)
---@overload fun(fd: integer, callback: fun(err?: Error, data?: string))
---@overload fun(fd: integer, length: integer|fs.ReadOptions, callback: fun(err?: Error, data?: string))
function fs.read(fd, length, position, callback) end

--- read() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsreadsyncfd-buffer-offset-length-position)
---@param fd integer
---@param length? integer|fs.ReadOptions bytes at most (16384)
---@param position? integer where in the file (nil: where the last read ended)
---@return string data "" at the end of the file
function fs.readSync(fd, length, position) end

--- Lists a folder. Errors: ENOENT, ENOTDIR.
--- [Node](https://nodejs.org/api/fs.html#fsreaddirpath-options-callback)
---@param path string
---@param options? fs.ReaddirOptions|net.Encoding
---@param callback fun(err?: Error, files?: string[]|Dirent[])
---@overload fun(path: string, callback: fun(err?: Error, files?: string[]|Dirent[]))
function fs.readdir(path, options, callback) end

--- readdir() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsreaddirsyncpath-options)
---@param path string
---@param options? fs.ReaddirOptions|net.Encoding
---@return string[]|Dirent[] files in the order of their bytes, "." and ".." left out
function fs.readdirSync(path, options) end

--- Reads a file to its end. At most 2 GiB: more is ERR_FS_FILE_TOO_LARGE. Errors: ENOENT, EACCES, EISDIR.
--- [Node](https://nodejs.org/api/fs.html#fsreadfilepath-options-callback)
---@param file string|integer or a descriptor, which is read from where it stands and stays open
---@param options? fs.ReadFileOptions|net.Encoding
---@param callback fun(err?: Error, data?: string)
---@overload fun(file: string|integer, callback: fun(err?: Error, data?: string))
function fs.readFile(file, options, callback) end

--- readFile() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsreadfilesyncpath-options)
---@param file string|integer or a descriptor, which is read from where it stands and stays open
---@param options? fs.ReadFileOptions|net.Encoding
---@return string data bytes; text if there is an encoding
function fs.readFileSync(file, options) end

--- Where a symbolic link leads to. Errors: EINVAL: it is none.
--- [Node](https://nodejs.org/api/fs.html#fsreadlinkpath-options-callback)
---@param path string
---@param options? fs.EncodingOptions|net.Encoding
---@param callback fun(err?: Error, target?: string)
---@overload fun(path: string, callback: fun(err?: Error, target?: string))
function fs.readlink(path, options, callback) end

--- readlink() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsreadlinksyncpath-options)
---@param path string
---@param options? fs.EncodingOptions|net.Encoding
---@return string target
function fs.readlinkSync(path, options) end

--- The absolute path without symbolic links, "." and "..". Node calls this one fs.realpath.native. Errors: ENOENT,
--- ELOOP.
--- [Node](https://nodejs.org/api/fs.html#fsrealpathpath-options-callback)
---@param path string
---@param options? fs.EncodingOptions|net.Encoding
---@param callback fun(err?: Error, path?: string)
---@overload fun(path: string, callback: fun(err?: Error, path?: string))
function fs.realpath(path, options, callback) end

--- realpath() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsrealpathsyncpath-options)
---@param path string
---@param options? fs.EncodingOptions|net.Encoding
---@return string path
function fs.realpathSync(path, options) end

--- Renames or moves a file within a file system. Errors: ENOENT, EXDEV.
--- [Node](https://nodejs.org/api/fs.html#fsrenameoldpath-newpath-callback)
---@param oldPath string
---@param newPath string a file that is there is replaced
---@param callback fun(err?: Error)
function fs.rename(oldPath, newPath, callback) end

--- rename() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsrenamesyncoldpath-newpath)
---@param oldPath string
---@param newPath string a file that is there is replaced
function fs.renameSync(oldPath, newPath) end

--- Removes a file; with recursive a folder and all that is in it. Symbolic links are removed, not followed. Errors:
--- ENOENT, ERR_FS_EISDIR: a folder, without recursive.
--- [Node](https://nodejs.org/api/fs.html#fsrmpath-options-callback)
---@param path string
---@param options? fs.RmOptions
---@param callback fun(err?: Error)
---@overload fun(path: string, callback: fun(err?: Error))
function fs.rm(path, options, callback) end

--- rm() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsrmsyncpath-options)
---@param path string
---@param options? fs.RmOptions
function fs.rmSync(path, options) end

--- Removes an empty folder. Errors: ENOENT, ENOTDIR, ENOTEMPTY.
--- [Node](https://nodejs.org/api/fs.html#fsrmdirpath-options-callback)
---@param path string
---@param options? table nothing of it is used: it is rm() that is recursive
---@param callback fun(err?: Error)
---@overload fun(path: string, callback: fun(err?: Error))
function fs.rmdir(path, options, callback) end

--- rmdir() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsrmdirsyncpath-options)
---@param path string
---@param options? table nothing of it is used: it is rm() that is recursive
function fs.rmdirSync(path, options) end

--- What the system knows of a file.
--- [Node](https://nodejs.org/api/fs.html#fsstatpath-options-callback)
---@param path string
---@param callback fun(err?: Error, stats?: Stats)
function fs.stat(path, callback) end

--- stat() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsstatsyncpath-options)
---@param path string
---@param options? fs.StatOptions
---@return Stats? stats
function fs.statSync(path, options) end

--- Makes a symbolic link. Errors: EEXIST.
--- [Node](https://nodejs.org/api/fs.html#fssymlinktarget-path-type-callback)
---@param target string what it leads to, from its own folder on
---@param path string of the link
---@param type? string not used: it means something on Windows only
---@param callback fun(err?: Error)
---@overload fun(target: string, path: string, callback: fun(err?: Error))
function fs.symlink(target, path, type, callback) end

--- symlink() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fssymlinksynctarget-path-type)
---@param target string what it leads to, from its own folder on
---@param path string of the link
---@param type? string not used: it means something on Windows only
function fs.symlinkSync(target, path, type) end

--- Cuts a file to a length, or fills it up to it with zeros.
--- [Node](https://nodejs.org/api/fs.html#fstruncatepath-len-callback)
---@param path string
---@param len? integer bytes (0)
---@param callback fun(err?: Error)
---@overload fun(path: string, callback: fun(err?: Error))
function fs.truncate(path, len, callback) end

--- truncate() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fstruncatesyncpath-len)
---@param path string
---@param len? integer bytes (0)
function fs.truncateSync(path, len) end

--- Removes a file or a symbolic link. Errors: ENOENT, EISDIR.
--- [Node](https://nodejs.org/api/fs.html#fsunlinkpath-callback)
---@param path string
---@param callback fun(err?: Error)
function fs.unlink(path, callback) end

--- unlink() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsunlinksyncpath)
---@param path string
function fs.unlinkSync(path) end

--- Changes when a file was last used and written.
--- [Node](https://nodejs.org/api/fs.html#fsutimespath-atime-mtime-callback)
---@param path string
---@param atime number|string s since 1970, as os.time() gives them; what is negative means now
---@param mtime number|string s
---@param callback fun(err?: Error)
function fs.utimes(path, atime, mtime, callback) end

--- utimes() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fsutimessyncpath-atime-mtime)
---@param path string
---@param atime number|string s since 1970, as os.time() gives them; what is negative means now
---@param mtime number|string s
function fs.utimesSync(path, atime, mtime) end

--- Writes to an open file. Errors: ENOSPC, EBADF.
--- [Node](https://nodejs.org/api/fs.html#fswritefd-string-position-encoding-callback)
---@param fd integer
---@param data string
---@param position? integer where in the file (nil: where the last write ended)
---@param encoding? net.Encoding of data ("utf8": bytes as they are)
---@param callback fs.Written
---@overload fun(fd: integer, data: string, callback: fs.Written)
---@overload fun(fd: integer, data: string, position: integer, callback: fs.Written)
function fs.write(fd, data, position, encoding, callback) end

--- write() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fswritesyncfd-string-position-encoding)
---@param fd integer
---@param data string
---@param position? integer where in the file (nil: where the last write ended)
---@param encoding? net.Encoding of data ("utf8": bytes as they are)
---@return integer written bytes: the system may take less than all
function fs.writeSync(fd, data, position, encoding) end

--- Writes a whole file: what it had before is gone. Errors: ENOENT, EACCES, EISDIR, ENOSPC.
--- [Node](https://nodejs.org/api/fs.html#fswritefilefile-data-options-callback)
---@param file string|integer or a descriptor, which is written to from where it stands and stays open
---@param data string
---@param options? fs.WriteFileOptions|net.Encoding default flag: "w"
---@param callback fun(err?: Error)
---@overload fun(file: string|integer, data: string, callback: fun(err?: Error))
function fs.writeFile(file, data, options, callback) end

--- writeFile() at once: raises the error.
--- [Node](https://nodejs.org/api/fs.html#fswritefilesyncfile-data-options)
---@param file string|integer or a descriptor, which is written to from where it stands and stays open
---@param data string
---@param options? fs.WriteFileOptions|net.Encoding default flag: "w"
function fs.writeFileSync(file, data, options) end

-- -- streams ----------------------------------------------------------------------------------------------------------

--- A stream that reads a file. Raises ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE; what the system
--- refuses is "error": ENOENT, EISDIR, EACCES, ...
--- [Node](https://nodejs.org/api/fs.html#fscreatereadstreampath-options)
---@param path string|nil nil: options.fd is open already
---@param options? fs.ReadStreamOptions|net.Encoding or an encoding
---@return ReadStream
function fs.createReadStream(path, options) end

--- A stream that writes a file. Raises as createReadStream does; what the system refuses is "error": EISDIR, EACCES,
--- ENOSPC, ... [Node](https://nodejs.org/api/fs.html#fscreatewritestreampath-options)
---@param path string|nil nil: options.fd is open already
---@param options? fs.WriteStreamOptions|net.Encoding or an encoding
---@return WriteStream
function fs.createWriteStream(path, options) end

return fs
