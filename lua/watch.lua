-- watch.lua - tells whoever watches which files a program loads: for --watch. Each is told before it is read, so that no
-- change is missed, and also when it cannot be loaded, so that its correction is seen.

--- @param tell fun(path: string) returns when the file is watched
return function(tell)
  local function exists(path)
    local file = path and io.open(path, "rb")
    if file then file:close() end
    return file ~= nil and file ~= false
  end
  table.insert(package.searchers, 1, function(name)
    local path = package.searchpath(name, package.path) or package.searchpath(name, package.cpath)
    if path then tell(path) end
  end)
  for _, name in ipairs { "loadfile", "dofile" } do
    local load = _G[name]
    _G[name] = function(path, ...)
      if type(path) == "string" and exists(path) then tell(path) end
      return load(path, ...)
    end
  end
end
