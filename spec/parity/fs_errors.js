// what fails with files: the same error, raised by the Sync form and given to the callback; its text, its fields
const fs = require('fs');
const { log, tmp } = require('./prelude');
const folder = tmp('folder');
fs.mkdirSync(folder + '/full/below', { recursive: true });
process.chdir(folder);
fs.writeFileSync('file', 'hello');
fs.symlinkSync('loop', 'loop');
fs.symlinkSync('file', 'link');

function say(err) {
  log(err, err.errno, err.syscall, err.path === undefined ? '-' : err.path, err.dest === undefined ? '-' : err.dest);
}
const closed = fs.openSync('file');
fs.closeSync(closed);
const calls = [
  ['open', 'missing'], ['open', 'file/below'], ['open', ''], ['open', 'file', 'wx'], ['open', 'full', 'w'], ['open', 'loop'],
  ['open', 'x'.repeat(300)],
  ['close', closed], ['fstat', closed], ['fsync', closed], ['fdatasync', closed], ['ftruncate', closed, 5],
  ['fchmod', closed, 0o644], ['fchown', closed, 0, 0], ['futimes', closed, 1, 1], ['write', closed, 'x'],
  ['readFile', 'missing'], ['readFile', 'full'], ['readFile', 'missing', 'utf8'],
  ['writeFile', 'full', 'x'], ['writeFile', 'missing/x', 'x'], ['writeFile', '/dev/full', 'x'], ['writeFile', closed, 'x'],
  ['appendFile', 'full', 'x'], ['appendFile', '/dev/full', 'x'],
  ['stat', 'missing'], ['stat', 'loop'], ['stat', 'file/below'], ['lstat', 'missing'],
  ['unlink', 'missing'], ['unlink', 'full'], ['rename', 'missing', 'x'], ['rename', 'file', 'missing/x'], ['rename', 'file', 'full'],
  ['mkdir', 'full'], ['mkdir', 'missing/x'], ['mkdir', ''], ['mkdir', 'file', { recursive: true }],
  ['mkdir', 'file/a/b', { recursive: true }], ['mkdir', 'loop/x', { recursive: true }], ['mkdir', 'loop', { recursive: true }],
  ['mkdir', '', { recursive: true }],
  ['rmdir', 'missing'], ['rmdir', 'file'], ['rmdir', 'full'],
  ['rm', 'missing'], ['rm', 'missing', { recursive: true }], ['rm', 'file/x', { force: true }],
  ['readdir', 'missing'], ['readdir', 'file'], ['readdir', 'missing', { withFileTypes: true }],
  ['access', 'missing'], ['access', 'file', fs.constants.X_OK],
  ['copyFile', 'missing', 'x'], ['copyFile', 'file', 'full'], ['copyFile', 'file', 'link', fs.constants.COPYFILE_EXCL],
  ['copyFile', 'file', 'missing/x'],
  ['readlink', 'missing'], ['readlink', 'file'],
  ['symlink', 'file', 'link'], ['symlink', 'file', 'missing/x'], ['link', 'missing', 'x'], ['link', 'file', 'link'],
  ['chmod', 'missing', 0o644], ['chown', 'missing', 0, 0], ['lchown', 'missing', 0, 0],
  ['truncate', 'missing'], ['truncate', 'full'], ['utimes', 'missing', 1, 1], ['lutimes', 'missing', 1, 1],
];

function next() {
  const call = calls.shift();
  if (call === undefined) {
    fs.rmSync(folder, { recursive: true });
    return;
  }
  const [name, ...args] = call;
  log(name, ...args.map((arg) => (typeof arg === 'object' ? 'options' : arg === closed ? 'fd' : String(arg).slice(0, 20))));
  try { fs[`${name}Sync`](...args); log('no error'); } catch (err) { say(err); }
  fs[name](...args, (err) => {
    say(err);
    next();
  });
}
next();
