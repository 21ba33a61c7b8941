//! Cache of a property of characters, because looking it up in the tables of Unicode takes longer than drawing a cell.

/// Number of characters in the cache: enough for the punctuation, letters and lines of a screen. It is a power of two.
const SIZE: usize = 256;

/// Cache of a property of single characters. A character evicts the one that has the same slot.
#[derive(Debug)]
pub(super) struct CharCache<T>(Vec<Option<(char, T)>>);

impl<T: Copy> CharCache<T> {
    /// Returns the property of a symbol, from the cache if the symbol is a single character that is in it.
    pub(super) fn get(&mut self, symbol: &str, property: impl FnOnce(&str) -> T) -> T {
        let mut characters = symbol.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else { return property(symbol) };
        if self.0.is_empty() {
            self.0.resize(SIZE, None);
        }
        let code = character as usize;
        let Some(place) = self.0.get_mut((code ^ code >> 8) % SIZE) else { return property(symbol) };
        match *place {
            Some((cached, value)) if cached == character => value,
            _ => place.insert((character, property(symbol))).1,
        }
    }
}

impl<T> Default for CharCache<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_looked_up_once_and_a_longer_symbol_always() {
        let mut cache = CharCache::default();
        let mut count = 0;
        for symbol in ["é", "“", "é", "e\u{301}", "e\u{301}"] {
            let length = cache.get(symbol, |symbol| {
                count += 1;
                symbol.len()
            });
            assert_eq!(length, symbol.len());
        }
        assert_eq!(count, 4);
    }

    #[test]
    fn characters_with_the_same_place_keep_their_own_values() {
        let mut cache = CharCache::default();
        for code in (0..0x3000).chain(0..0x3000) {
            let Some(character) = char::from_u32(code) else { continue };
            assert_eq!(cache.get(&character.to_string(), |symbol| symbol.to_owned().chars().next()), Some(character));
        }
    }
}
