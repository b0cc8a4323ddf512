import { createStore, type Store } from '../../createStore.ts'

export interface Problems {
  /** What is wrong now, each sentence once. */
  store: Store<readonly string[]>
  /** A topic has one sentence at most; null: the same thing has succeeded. */
  tell(topic: string, sentence: string | null): void
}

export function createProblems(): Problems {
  const sentences = new Map<string, string>()
  const store = createStore<readonly string[]>([])
  return {
    store,
    tell(topic, sentence) {
      if ((sentences.get(topic) ?? null) === sentence) return
      if (sentence === null) sentences.delete(topic)
      else sentences.set(topic, sentence)
      store.set([...new Set(sentences.values())])
    },
  }
}
