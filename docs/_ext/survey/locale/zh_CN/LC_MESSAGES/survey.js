// What scripts say in this language: from survey.po, by survey/messages.py.
"use strict";

{
  /** @type {Record<string, string[]>} */
  const words = {
    "(or tick some of them here)": ["（或在此勾选几种）"],
    "({count} chosen)": ["（已选 {count} 项）"],
    "A head or what it does, a paper, \"a phrase\"": ["头或其作用、论文、\"短语\""],
    "Add another head type to compare {name} with.": ["再添加一种头类型，与 {name} 对比。"],
    "Beside it, in a second color:": ["并以第二种颜色显示："],
    "Clear all": ["全部清除"],
    "Close": ["关闭"],
    "Color mode: as the system": ["颜色模式：跟随系统"],
    "Color mode: dark": ["颜色模式：深色"],
    "Color mode: light": ["颜色模式：浅色"],
    "Compare {count} head type": ["对比 {count} 种头类型"],
    "Compare {name}": ["对比 {name}"],
    "Copied": ["已复制"],
    "Copy": ["复制"],
    "For example:": ["例如："],
    "Head of a model": ["模型中的头"],
    "Kind": ["类型"],
    "More results": ["更多结果"],
    "No paper has all of this. Remove a word or a filter above, or look for only a part of a word.": ["没有论文同时符合这些条件。请去掉上方的一个词或筛选条件，或只查找词的一部分。"],
    "Nobody has named head {head} of {model}, as far as this survey knows.": ["就本综述所知，尚无人命名 {model} 的头 {head}。"],
    "Nobody has named head {head} of {model}; a detector has chosen it.": ["尚无人命名 {model} 的头 {head}；它由检测器选出。"],
    "Nothing found for {words}.": ["没有找到与“{words}”相关的内容。"],
    "Nothing found.": ["没有找到相关内容。"],
    "Nothing is chosen yet. Add two head types.": ["尚未选择。请添加两种头类型。"],
    "Or go to:": ["或前往："],
    "Remove": ["移除"],
    "Remove {facet}: {term}": ["移除{facet}：{term}"],
    "Remove {name}": ["移除 {name}"],
    "Search": ["搜索"],
    "Search the survey": ["搜索本综述"],
    "Show more": ["显示更多"],
    "Show them too": ["也显示它们"],
    "Show {papers}": ["显示 {papers}"],
    "Stage": ["阶段"],
    "The comparison could not be loaded.": ["无法加载对比。"],
    "The export could not be loaded.": ["无法加载导出数据。"],
    "The first {count} are shown.": ["显示前 {count} 种。"],
    "The key / opens the search": ["按 / 键打开搜索"],
    "There is no head type {name}.": ["没有头类型 {name}。"],
    "Year": ["年份"],
    "Your browser did not copy; select the text instead": ["浏览器未能复制；请手动选择文本"],
    "also called {alias}": ["别名：{alias}"],
    "any": ["不限"],
    "chosen by a detector, named by nobody": ["由检测器选出，尚无人命名"],
    "named by nobody": ["尚无人命名"],
    "no such head: the model is smaller": ["没有这个头：模型更小"],
    "none": ["无"],
    "show all head types": ["显示全部头类型"],
    "words": ["词语"],
    "{count} heads have both": ["{count} 个头兼有两者"],
    "{count} more paper has nothing recorded under {facet}.": ["另有 {count} 篇论文在“{facet}”下没有记录。"],
    "{count} of {papers}": ["{papers}中的 {count} 篇"],
    "{count} paper": ["{count} 篇论文"],
    "{count} result": ["{count} 条结果"],
    "{count} result for {read}: nothing has {words}": ["{read} 有 {count} 个结果：没有找到 {words}"],
    "{count} result for {words}": ["与“{words}”相关的结果共 {count} 条"],
    "{model} has no head {head}: it has {layers} layers of {heads} heads, counted from 0.": ["{model} 没有头 {head}：它有 {layers} 层，每层 {heads} 个头，从 0 开始计数。"],
    "{one} and {other}": ["{one} 和 {other}"],
  };
  /** @param {number} n */
  const form = (n) => Number(0);
  window.surveyWords = {
    /** @param {string} text */
    _: (text) => words[text]?.[0] ?? text,
    /** @param {string} one @param {string} many @param {number} n */
    ngettext: (one, many, n) => words[one]?.[form(n)] ?? (n === 1 ? one : many),
  };
}
