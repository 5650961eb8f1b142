-- report.lua - figures to Markdown.
local report = {}

function report.median(list)
  local sorted = table.move(list, 1, #list, 1, {})
  table.sort(sorted)
  local middle = #sorted // 2
  if #sorted == 0 then return nil end
  if #sorted % 2 == 1 then return sorted[middle + 1] end
  return (sorted[middle] + sorted[middle + 1]) / 2
end

-- 0.6512 -> "0.65", 12.34 -> "12.3", 12345 -> "12,345", nil -> "-"
function report.number(n)
  if not n then return "–" end
  if n < 0.1 then return ("%.3f"):format(n) end
  if n < 10 then return ("%.2f"):format(n) end
  if n < 1000 then return ("%.1f"):format(n):gsub("%.0$", "") .. "" end
  local digits = ("%.0f"):format(n)
  return (digits:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", ""))
end

function report.percent(n)
  return n and ("%.0f %%"):format(n * 100) or "–"
end

function report.heading(text)
  print("\n### " .. text .. "\n")
end

-- columns: names; rows: lists of strings. The first column is left-aligned.
function report.table(columns, rows)
  print("| " .. table.concat(columns, " | ") .. " |")
  print("|---|" .. ("---:|"):rep(#columns - 1))
  for _, cells in ipairs(rows) do print("| " .. table.concat(cells, " | ") .. " |") end
  io.stdout:flush()
end

return report
