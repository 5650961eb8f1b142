// operations on files check their arguments, whichever form they have; the callback is the last one
const fs = require('fs');
const { attempt } = require('./prelude');
const nop = () => {};

attempt('close callback', () => fs.close(0, 'x'));
for (const path of [undefined, null, 5.5, true, {}, 'a\0b', 'tab\tand\0', 'a long path that is cut in the text\0']) {
  attempt('readFile', () => fs.readFile(path, nop));
  attempt('readFileSync', () => fs.readFileSync(path));
  attempt('statSync', () => fs.statSync(path));
  attempt('unlink', () => fs.unlink(path, nop));
  attempt('renameSync', () => fs.renameSync('x', path));
  attempt('copyFile src', () => fs.copyFile(path, 'x', nop));
  attempt('copyFile dest', () => fs.copyFile('x', path, nop));
  attempt('link', () => fs.linkSync(path, 'x'));
  attempt('symlink', () => fs.symlinkSync(path, 'x'));
  attempt('mkdir', () => fs.mkdirSync(path));
  attempt('readlink', () => fs.readlinkSync(path));
  attempt('existsSync', () => fs.existsSync(path));
}
attempt('mkdtemp', () => fs.mkdtempSync(5));
for (const fd of [undefined, 'x', -1, 1.5, 2147483648, {}, NaN]) {
  attempt('close', () => fs.closeSync(fd));
  attempt('fstat', () => fs.fstat(fd, nop));
  attempt('fsync', () => fs.fsyncSync(fd));
  attempt('ftruncate', () => fs.ftruncateSync(fd));
  attempt('fchmod', () => fs.fchmodSync(fd, 0o644));
}
attempt('readFile fd', () => fs.readFileSync(-1));
for (const flags of ['q', 'rw', 'wxx', '', {}, 1.5, true]) {
  attempt('open flags', () => fs.openSync('x', flags));
  attempt('open flags, callback', () => fs.open('x', flags, nop));
}
attempt('readFile flag', () => fs.readFile('x', { flag: 'z' }, nop));
attempt('writeFile flag', () => fs.writeFileSync('x', '', { flag: 'z' }));
for (const mode of ['9', 'rwx', '', -1, 1.5, 4294967296, {}, true]) {
  attempt('open mode', () => fs.openSync('x', 'r', mode));
  attempt('chmod mode', () => fs.chmod('x', mode, nop));
  attempt('fchmod mode', () => fs.fchmodSync(0, mode));
}
attempt('chmod no mode', () => fs.chmodSync('x'));
attempt('mkdir mode', () => fs.mkdirSync('x', { mode: 'q' }));
attempt('mkdir mode', () => fs.mkdirSync('x', 'q'));
attempt('mkdir recursive', () => fs.mkdir('x', { recursive: 5 }, nop));
attempt('readdir recursive', () => fs.readdir('x', { recursive: 5 }, nop));
for (const options of [5, true, nop === nop]) {
  attempt('readFile options', () => fs.readFileSync('x', options));
  attempt('writeFile options', () => fs.writeFileSync('x', '', options));
  attempt('readdir options', () => fs.readdirSync('x', options));
  attempt('rm options', () => fs.rmSync('x', options));
  attempt('rmdir options', () => fs.rmdirSync('x', options));
}
for (const encoding of ['utf9', 'x']) {
  attempt('readFile encoding', () => fs.readFile('x', encoding, nop));
  attempt('writeFile encoding', () => fs.writeFileSync('x', '', { encoding }));
  attempt('readlink encoding', () => fs.readlinkSync('x', encoding));
  attempt('mkdtemp encoding', () => fs.mkdtempSync('x', encoding));
}
attempt('readFile encoding', () => fs.readFileSync('x', { encoding: 5 }));
attempt('readFile signal', () => fs.readFile('x', { signal: 5 }, nop));
for (const data of [undefined, 5, true, {}]) {
  attempt('writeFile data', () => fs.writeFile('x', data, nop));
  attempt('appendFileSync data', () => fs.appendFileSync('x', data));
  attempt('write data', () => fs.writeSync(1, data));
}
attempt('writeFile flush', () => fs.writeFileSync('x', '', { flush: 5 }));
attempt('write odd hex', () => fs.writeSync(1, '616', 0, 'hex'));
for (const name of ['force', 'recursive']) attempt('rm ' + name, () => fs.rmSync('x', { [name]: 5 }));
for (const value of [-1, 'x', 1.5]) {
  attempt('rm retryDelay', () => fs.rmSync('x', { retryDelay: value }));
  attempt('rm maxRetries', () => fs.rmSync('x', { maxRetries: value }));
}
for (const id of [-2, 4294967296, 'x', 1.5, undefined]) {
  attempt('chown uid', () => fs.chownSync('x', id, 0));
  attempt('lchown gid', () => fs.lchown('x', 0, id, nop));
  attempt('fchown uid', () => fs.fchownSync(0, id, 0));
}
for (const length of ['x', 1.5, {}]) {
  attempt('truncate', () => fs.truncate('x', length, nop));
  attempt('ftruncate', () => fs.ftruncateSync(0, length));
}
for (const time of ['x', undefined, {}, NaN, Infinity]) {
  attempt('futimes atime', () => fs.futimesSync(0, time, 1));
  attempt('futimes mtime', () => fs.futimes(0, 1, time, nop));
}
