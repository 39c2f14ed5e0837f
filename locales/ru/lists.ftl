### Words around every list: filters and pages.

# $filter (String) - name of the filter
lists-clear = Убрать фильтр: { $filter }
lists-reset = Сбросить фильтры
