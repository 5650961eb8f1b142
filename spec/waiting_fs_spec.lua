-- waiting_fs_spec.lua - what waits when its callback is left out: fs. With a callback: fs_spec.
local async = require "async"
local fs = require "fs"
local helper = require "spec.helper"
local task = helper.task

describe("fs without callbacks", function()
  it("gives the results", function()
    task(function()
      local path = helper.path ".txt"
      assert.equal(0, select("#", fs.writeFile(path, "text")))
      fs.appendFile(path, " and more")
      assert.equal("text and more", fs.readFile(path))
      assert.equal("dGV4dCBhbmQgbW9yZQ==", fs.readFile(path, "base64"))
      assert.equal(13, fs.stat(path).size)
      assert.is_true(fs.exists(path))
      assert.is_false(fs.exists(path .. "x"))
      local fd = fs.open(path, "r+")
      assert.equal(2, (fs.write(fd, "xx", 0)))
      fs.fsync(fd)
      fs.closeSync(fd)
      fs.rename(path, path .. ".new")
      fs.unlink(path .. ".new")
      assert.same({ nil, "ENOENT" }, (function(value, err) return { value, err.code } end)(fs.readFile(path)))
      local _, err = fs.access(path)
      assert.equal(("ENOENT: no such file or directory, access '%s'"):format(path), err.message)
      assert.has_error(function() fs.readFile() end)
      assert.has_error(function() fs.stat "a\0b" end)
    end)
  end)

  it("does so at the same time as others, and may be cancelled", function()
    task(function()
      local path = helper.path ".txt"
      fs.writeFile(path, "x")
      assert.same({ "x", "x", "x" }, async.all {
        function() return fs.readFile(path) end, function() return fs.readFile(path) end,
        function() return fs.readFile(path) end,
      })
      local victim = async.spawn(fs.readFile, path):cancel()
      local _, err = victim:join()
      assert.equal("ECANCELED", err.code)
    end)
  end)
end)
