// What scripts say in this language: from survey.po, by survey/messages.py.
"use strict";

{
  /** @type {Record<string, string[]>} */
  const words = {
    "({count} chosen)": ["（已选 {count} 项）"],
    "A head, a paper, words, or \"a phrase\"": ["注意力头、论文、词语，或引号内的短语，如 \"a phrase\""],
    "Beside it, in a second color:": ["并以第二种颜色显示："],
    "Close": ["关闭"],
    "Colour mode: as the system": ["颜色模式：跟随系统"],
    "Colour mode: dark": ["颜色模式：深色"],
    "Colour mode: light": ["颜色模式：浅色"],
    "Copied": ["已复制"],
    "Head of a model": ["模型中的头"],
    "Kind": ["类型"],
    "More results": ["更多结果"],
    "No paper has all of this. Remove a word or a filter above, or look for only a part of a word.": ["没有论文同时符合这些条件。请去掉上方的一个词或筛选条件，或只查找词的一部分。"],
    "Nobody has named head {head} of {model}, as far as this survey knows.": ["就本综述所知，尚无人命名 {model} 的头 {head}。"],
    "Nobody has named head {head} of {model}; a detector has chosen it.": ["尚无人命名 {model} 的头 {head}；它由检测器选出。"],
    "Nothing found for {words}.": ["没有找到与“{words}”相关的内容。"],
    "Nothing found.": ["没有找到相关内容。"],
    "Remove {facet}: {term}": ["移除{facet}：{term}"],
    "Search": ["搜索"],
    "Search the survey": ["搜索本综述"],
    "Show more": ["显示更多"],
    "Show {papers}": ["显示 {papers}"],
    "Stage": ["阶段"],
    "The export could not be loaded.": ["无法加载导出数据。"],
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
    "{count} of {papers}": ["{papers}中的 {count} 篇"],
    "{count} paper": ["{count} 篇论文"],
    "{count} result": ["{count} 条结果"],
    "{count} result for {words}": ["与“{words}”相关的结果共 {count} 条"],
    "{model} has no head {head}: it has {layers} layers of {heads} heads, counted from 0.": ["{model} 没有头 {head}：它有 {layers} 层，每层 {heads} 个头，从 0 开始计数。"],
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
