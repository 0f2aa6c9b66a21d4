// Texts that are a key.

const findKey = (t, f) => {
  const key = trim(t.clean, limits.wrapping);
  if (key.length > limits.key) return;
  for (const whole of [trimSpace(t.clean), key]) {
    for (const entry of keys.get(whole) || []) {
      f.add(candidate(EXACT, entry, whole === entry.key ? because("key", whole) : because("keyAlias", whole, entry.key)));
    }
  }
  for (const entry of loose.get(fold(key)) || []) f.add(candidate(EXACT, entry, because("key", entry.key)));
};
