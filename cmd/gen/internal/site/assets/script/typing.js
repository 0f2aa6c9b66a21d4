// What takes what is typed or pasted.

const types = (target) => target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
