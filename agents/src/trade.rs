//! The trades that a business may serve. A trade is a kind of work, never a price or a person.

use serde::{Deserialize, Serialize};

macro_rules! trades {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// A kind of work; its key is the stored form and the word in a business file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Trade {
            $($(#[$doc])* #[serde(rename = $key)] $name,)*
        }

        impl Trade {
            /// Every trade, the most asked for first.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable name, as in `trades = ["plumbing"]`.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }
        }
    };
}

trades! {
    /// Water and sewage pipes, taps, toilets.
    Plumbing = "plumbing",
    /// Wiring, outlets, boards, lamps.
    Electricity = "electricity",
    /// Air conditioners.
    AirConditioning = "air_conditioning",
    /// Doors that do not open, locks, keys.
    Locksmith = "locksmith",
    /// Washing machines, refrigerators, ovens and the like.
    Appliances = "appliances",
    /// Small work at home: hanging, mounting, assembling.
    Handyman = "handyman",
    /// Painting and plaster.
    Painting = "painting",
    /// Cleaning of homes, offices, windows, sofas.
    Cleaning = "cleaning",
    /// Insects and rodents.
    PestControl = "pest_control",
    /// Cooking gas: leaks, hobs, cylinders.
    Gas = "gas",
    /// Solar and electric water heaters.
    SolarHeater = "solar_heater",
    /// Doors, kitchens and furniture of wood.
    Carpentry = "carpentry",
    /// Building, tiling, sealing, drywall.
    Renovation = "renovation",
    /// Gardens, trees, irrigation.
    Gardening = "gardening",
    /// Moving of homes and furniture.
    Moving = "moving",
    /// Windows, blinds and shutters of aluminium and glass.
    Aluminium = "aluminium",
    /// Computers, networks, televisions, cameras.
    Electronics = "electronics",
    /// Work that none of the other names fits.
    Other = "other",
}

impl Trade {
    /// The trade of a key; upper case, spaces and hyphens are forgiven, since people write business files by hand.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let key = key.trim().to_lowercase().replace([' ', '-'], "_");
        Self::ALL.iter().copied().find(|trade| trade.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_and_written_the_same() {
        for trade in Trade::ALL {
            assert_eq!(Trade::from_key(trade.key()), Some(*trade));
            assert_eq!(
                serde_json::to_string(trade).expect("a trade is json"),
                format!("\"{}\"", trade.key())
            );
        }
        assert_eq!(Trade::from_key(" Air-Conditioning "), Some(Trade::AirConditioning));
        assert_eq!(Trade::from_key("magic"), None);
    }
}
