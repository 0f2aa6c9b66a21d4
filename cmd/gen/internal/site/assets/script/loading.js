// The other scripts of the site.

const root = document.currentScript.src.replace(/[^/]*$/, "");

// A page on a disk has an address that leads nobody else to it.
const isServed = /^http/.test(location.protocol);
document.documentElement.classList.add("js");
document.documentElement.classList.toggle("on-disk", !isServed);

// Under a policy of trusted types, only this one may make HTML and load scripts. Both
// are files of the site.
const unchanged = (text) => text;
const made = { createHTML: unchanged, createScriptURL: unchanged };
const trusted = window.trustedTypes ? trustedTypes.createPolicy("errkb", made) : made;

// Scripts are loaded once each: a page on a disk can load nothing else.
const scripts = new Map();
function load(name) {
  if (!scripts.has(name)) {
    scripts.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = trusted.createScriptURL(root + name);
      script.onload = resolve;
      script.onerror = () => {
        scripts.delete(name);
        reject(Object.assign(new Error("can't load " + name), { script: name }));
      };
      document.head.append(script);
    }));
  }
  return scripts.get(name);
}
