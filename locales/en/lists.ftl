### Words around every list: filters and pages.

lists-clear = Remove filter: { $filter }
lists-reset = Reset filters
