// Runs axe-core, which is loaded before, on the page. Returns what
// breaks a rule of WCAG 2.2 up to level AA or of best practice, and every colour
// whose contrast axe can't tell, but for those in drawings, which it never can:
// contrast.js holds them.
axe
  .run(document, {
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"] },
    rules: { "target-size": { enabled: true } },
    resultTypes: ["violations", "incomplete"],
  })
  .then(({ violations, incomplete, passes }) => ({
    rules: passes.length + violations.length,
    broken: [...violations, ...incomplete.filter((rule) => rule.id === "color-contrast")].flatMap((rule) =>
      rule.nodes.filter((node) => rule.id !== "color-contrast" || !document.querySelector(node.target[0])?.closest("svg")).map((node) => `${rule.id}: ${node.html.slice(0, 120)}: ${node.failureSummary?.replace(/\s+/g, " ")}`),
    ),
  }));
