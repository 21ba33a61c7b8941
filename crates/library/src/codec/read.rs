//! Decodes the compact format written by [`super::write`]. Arbitrary bytes give a value or an error, never a panic.

use super::write::Error;
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};
use std::fmt::Display;

impl de::Error for Error {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Fields that the encoded annotations have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// All fields.
    Current,
    /// All fields except the last three of a figure: its clause, context and source.
    WithoutClauses,
    /// All fields except the figures, which are the last field of an analysis.
    WithoutFigures,
    /// Neither figures nor the identifiers of entities, which are their last field.
    WithoutIds,
}

impl Layout {
    /// Returns the number of fields that are missing at the end of the struct `name`.
    fn missing_fields(self, name: &str) -> u64 {
        match (name, self) {
            ("Figure", Self::WithoutClauses) => 3,
            ("Analysis", Self::WithoutFigures | Self::WithoutIds) | ("Entity", Self::WithoutIds) => 1,
            _ => 0,
        }
    }
}

/// Deserialiser for the compact format.
struct Reader<'a> {
    bytes: &'a [u8],
    last: u64,
    in_tuple: bool,
    layout: Layout,
}

/// Decodes exactly one value with the fields of `layout`. The value must take up all the bytes.
///
/// # Errors
/// Returns an error if the bytes do not encode a value of this type.
pub(super) fn from_bytes<T: DeserializeOwned>(bytes: &[u8], layout: Layout) -> Result<T, Error> {
    let mut reader = Reader { bytes, last: 0, in_tuple: false, layout };
    let value = T::deserialize(&mut reader)?;
    if reader.bytes.is_empty() { Ok(value) } else { Err(Error) }
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8, Error> {
        let (&byte, rest) = self.bytes.split_first().ok_or(Error)?;
        self.bytes = rest;
        Ok(byte)
    }

    fn number(&mut self) -> Result<u64, Error> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Error)
    }

    fn signed(&mut self) -> Result<i64, Error> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn unsigned(&mut self) -> Result<u64, Error> {
        if !self.in_tuple {
            return self.number();
        }
        self.last = self.last.wrapping_add(self.signed()? as u64);
        Ok(self.last)
    }

    fn run(&mut self) -> Result<&'a [u8], Error> {
        let length = usize::try_from(self.number()?).map_err(|_| Error)?;
        let (run, rest) = self.bytes.split_at_checked(length).ok_or(Error)?;
        self.bytes = rest;
        Ok(run)
    }

    fn words(&mut self) -> Result<&'a str, Error> {
        std::str::from_utf8(self.run()?).map_err(|_| Error)
    }

    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (bytes, rest) = self.bytes.split_first_chunk::<N>().ok_or(Error)?;
        self.bytes = rest;
        Ok(*bytes)
    }
}

/// Implements the methods for numbers, strings and bytes, which differ only in the type that they read.
macro_rules! numbers {
    ($($name:ident $visit:ident $read:ident;)+) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let number = self.$read()?;
            visitor.$visit(number)
        }
    )+};
}

impl<'de> de::Deserializer<'de> for &mut Reader<'de> {
    type Error = Error;

    fn is_human_readable(&self) -> bool {
        false
    }
    numbers! {
        deserialize_i8 visit_i64 signed;
        deserialize_i16 visit_i64 signed;
        deserialize_i32 visit_i64 signed;
        deserialize_i64 visit_i64 signed;
        deserialize_u8 visit_u64 unsigned;
        deserialize_u16 visit_u64 unsigned;
        deserialize_u32 visit_u64 unsigned;
        deserialize_u64 visit_u64 unsigned;
        deserialize_str visit_borrowed_str words;
        deserialize_string visit_borrowed_str words;
        deserialize_bytes visit_borrowed_bytes run;
        deserialize_byte_buf visit_borrowed_bytes run;
    }
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error)
    }
    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error)
    }
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.byte()? {
            0 => visitor.visit_bool(false),
            1 => visitor.visit_bool(true),
            _ => Err(Error),
        }
    }
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f32(f32::from_le_bytes(self.fixed()?))
    }
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(f64::from_le_bytes(self.fixed()?))
    }
    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let number = u32::try_from(self.number()?).ok().and_then(char::from_u32);
        visitor.visit_char(number.ok_or(Error)?)
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.byte()? {
            0 => visitor.visit_none(),
            1 => visitor.visit_some(self),
            _ => Err(Error),
        }
    }
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = self.number()?;
        visitor.visit_seq(Row { reader: self, left })
    }
    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        let outer = std::mem::replace(&mut self.in_tuple, true);
        let value = visitor.visit_seq(Row { reader: &mut *self, left: length as u64 });
        self.in_tuple = outer;
        value
    }
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(Row { reader: self, left: length as u64 })
    }
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = self.number()?;
        visitor.visit_map(Row { reader: self, left })
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let missing = self.layout.missing_fields(name);
        visitor.visit_seq(Row { left: (fields.len() as u64).saturating_sub(missing), reader: self })
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self)
    }
    fn deserialize_identifier<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error)
    }
}

/// A sequence of values whose length is known.
struct Row<'a, 'de> {
    reader: &'a mut Reader<'de>,
    left: u64,
}

impl Row<'_, '_> {
    /// Counts down by one value. Returns whether there was a value left.
    const fn step(&mut self) -> bool {
        let more = self.left > 0;
        self.left = self.left.saturating_sub(1);
        more
    }

    /// Returns the number of values left. It is capped at the number of remaining bytes, so that a corrupt length
    /// cannot cause a huge allocation.
    fn hint(&self) -> usize {
        usize::try_from(self.left).unwrap_or(usize::MAX).min(self.reader.bytes.len())
    }
}

impl<'de> de::SeqAccess<'de> for Row<'_, 'de> {
    type Error = Error;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if self.step() { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.hint())
    }
}

impl<'de> de::MapAccess<'de> for Row<'_, 'de> {
    type Error = Error;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        if self.step() { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(&mut *self.reader)
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.hint())
    }
}

impl<'de> de::EnumAccess<'de> for &mut Reader<'de> {
    type Error = Error;
    type Variant = Self;
    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let index = u32::try_from(self.number()?).map_err(|_| Error)?;
        let index: de::value::U32Deserializer<Error> = index.into_deserializer();
        Ok((seed.deserialize(index)?, self))
    }
}

impl<'de> de::VariantAccess<'de> for &mut Reader<'de> {
    type Error = Error;
    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self)
    }
    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Row { reader: self, left: length as u64 })
    }
    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Row { reader: self, left: fields.len() as u64 })
    }
}
